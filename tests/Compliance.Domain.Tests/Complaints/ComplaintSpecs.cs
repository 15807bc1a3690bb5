using Compliance.Domain.Complaints;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Complaints.Complaint;
using static Compliance.Domain.Complaints.ComplaintCommand;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Complaints;

public sealed class ComplaintSpecs
{
    static readonly Guid Id = new("00000000-0000-0000-0000-0000000000c1");
    static readonly Guid Venue = new("00000000-0000-0000-0000-00000000000a");
    static readonly Guid Outage = new("00000000-0000-0000-0000-00000000000f");
    static readonly ComplaintEvent.Received Card = new(Id, ComplaintNumber.Of(Id), ComplaintChannel.Line102, ComplaintCategory.Noise, Venue, "Алмалы", Noon, true);
    static readonly ComplaintEvent.Answered Told = new(Id, ComplaintCategory.Noise, "Алмалы", ComplaintOutcome.Confirmed);

    static Receive Call(double minutesAgo = 0, string district = "Алмалы", params Guid[] outages) =>
        new(Id, ComplaintChannel.Line102, ComplaintCategory.Noise, Venue, district, Noon, true, outages, Noon.AddMinutes(minutesAgo));

    [Fact] public void It_is_received_under_a_number() => Decider.Given().When(Call()).Then(Card);
    [Fact] public void It_is_linked_to_what_ran_at_that_time() => Decider.Given().When(Call(outages: Outage)).Then(Card, new ComplaintEvent.Linked(Id, Venue, [Outage]));
    [Fact] public void Told_again_later_it_is_one_complaint() => Decider.Given(Card).When(Call(500, "Алмалы", Outage)).ThenNothing();
    [Fact] public void Another_complaint_has_another_id() => Decider.Given(Card).When(Call() with { Category = ComplaintCategory.Drugs }).ThenRefused("complaint.already-received");
    [Fact] public void It_has_a_place() => Decider.Given().When(Call(district: " ")).ThenRefused("complaint.place-missing", "district");
    [Theory, InlineData(-1), InlineData(91 * 24 * 60)]
    public void It_happened_and_not_long_ago(double minutesAgo) => Decider.Given().When(Call(minutesAgo)).ThenRefused("complaint.time-impossible", "happenedAt");

    [Fact] public void It_is_answered_once()
    {
        Decider.Given(Card).When(new Answer(ComplaintOutcome.Confirmed)).Then(Told);
        Decider.Given(Card, Told).When(new Answer(ComplaintOutcome.Confirmed)).ThenNothing();
        Decider.Given(Card, Told).When(new Answer(ComplaintOutcome.NotOurs)).ThenRefused("complaint.answered");
    }

    [Fact] public void It_is_closed_after_the_answer()
    {
        Decider.Given(Card).When(new Close()).ThenRefused("complaint.unanswered");
        Decider.Given(Card, Told).When(new Close()).Then(new ComplaintEvent.Closed(Id));
    }

    [Fact] public void What_was_written_is_destroyed_once()
    {
        Decider.Given(Card).When(new DestroyLetter()).Then(new ComplaintEvent.LetterDestroyed(Id));
        Decider.Given(Card with { HasLetter = false }).When(new DestroyLetter()).ThenNothing();
    }

    [Fact] public void That_it_is_read_is_told_once_a_day_and_reader()
    {
        var (day, officer) = (new DateOnly(2026, 6, 1), Outage);
        var reading = new ComplaintEvent.LetterRead(Id, officer, day);
        Decider.Given(Card).When(new ReadLetter(officer, day)).Then(reading);
        Decider.Given(Card, reading).When(new ReadLetter(officer, day)).ThenNothing();
        Decider.Given(Card, reading).When(new ReadLetter(officer, day.AddDays(1))).Then(reading with { On = day.AddDays(1) });
        Decider.Given(Card, reading).When(new ReadLetter(Venue, day)).Then(reading with { ReaderId = Venue });
        Decider.Given(Card, new ComplaintEvent.LetterDestroyed(Id)).When(new ReadLetter(officer, day)).ThenRefused("complaint.no-letter");
    }

    [Fact] public void Nobody_answers_what_nobody_said() => Decider.Given().When(new Answer(ComplaintOutcome.NotOurs)).ThenRefused("complaint.unknown");

    [Fact] public void Its_number_can_be_read_over_the_telephone() => Assert.Matches("^[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}$", ComplaintNumber.Of(Id));

    [Fact]
    public void What_waits_longest_stands_on_top()
    {
        var rows = ComplaintRow.View.Build(Of((Id, Card), (Venue, Card with { ComplaintId = Venue }), (Outage, Card with { ComplaintId = Outage }), (Id, Told))).Values;
        Assert.Equal([Venue, Outage, Id], rows.OrderBy(ComplaintRow.View.SortOf, StringComparer.Ordinal).Select(r => r.ComplaintId));
    }

    [Fact]
    public void Districts_and_categories_are_counted_apart()
    {
        var tally = ComplaintTally.View.Build(Of(
            (Id, Card), (Venue, Card with { ComplaintId = Venue }), (Outage, Card with { ComplaintId = Outage, District = "Медеу" }), (Id, Told),
            (Venue, Told with { ComplaintId = Venue, Outcome = ComplaintOutcome.NotConfirmed }))).Values;
        Assert.Equal([new("Алмалы", ComplaintCategory.Noise, 2, 2, 1), new("Медеу", ComplaintCategory.Noise, 1, 0, 0)], tally.OrderBy(t => t.District, StringComparer.Ordinal));
    }

    [Fact]
    public void Published_counts_say_who_printed_them_and_the_parts_are_not_the_countrys_for_everybody()
    {
        Assert.All(PublishedCount.All, count => Assert.NotEmpty(count.PrintedBy));
        Assert.Equal(11_569, PublishedCount.All.Where(c => c.Place == "Astana").Sum(c => c.Count));
        Assert.All(PublishedCount.All.Where(c => c.Place == "Astana"), part => Assert.NotEmpty(part.ElsewherePrintedBy));
    }
}
