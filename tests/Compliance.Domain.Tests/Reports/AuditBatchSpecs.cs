using Compliance.Domain.Reports;
using Compliance.Domain.Tests.Kernel;

namespace Compliance.Domain.Tests.Reports;

/// <summary>A batch prints each of its venues once, whoever stops it and however often it begins anew.</summary>
public sealed class AuditBatchSpecs
{
    static readonly Guid Id = new("00000000-0000-0000-0000-0000000000ba"), A = new("00000000-0000-0000-0000-00000000000a"), B = new("00000000-0000-0000-0000-00000000000b"), Paper = new("00000000-0000-0000-0000-0000000000d0");
    static readonly DateOnly First = new(2026, 5, 1), Last = new(2026, 5, 31);

    static AuditBatchCommand.Start Start => new(Id, First, Last, "kk", [A, B], Story.Noon, new(2026, 6, 1));
    static AuditBatchEvent.Started Started => new(Id, First, Last, "kk", [A, B], Story.Noon);
    static AuditBatchEvent.Printed Printed(Guid venue) => new(Id, venue, Paper, "ab");
    static AuditBatchCommand.NotePrinted Note(Guid venue) => new(venue, Paper, "ab");

    [Fact]
    public void It_is_started_once()
    {
        AuditBatch.Decider.Given().When(Start).Then(Started);
        AuditBatch.Decider.Given(Started).When(Start).ThenNothing();
        AuditBatch.Decider.Given(Started).When(Start with { Language = "ru" }).ThenRefused("auditbatch.already-started");
    }

    [Fact]
    public void A_venue_is_printed_once() => AuditBatch.Decider.Given(Started, Printed(A)).When(Note(A)).ThenNothing();

    [Fact]
    public void The_last_one_ends_it() => AuditBatch.Decider.Given(Started, Printed(A)).When(new AuditBatchCommand.LeaveOut(B, "report.before-registration"))
        .Then(new AuditBatchEvent.LeftOut(Id, B, "report.before-registration"), new AuditBatchEvent.Finished(Id));

    [Fact]
    public void What_was_in_the_press_when_it_was_stopped_counts() => AuditBatch.Decider.Given(Started, new AuditBatchEvent.Stopped(Id)).When(Note(A)).Then(Printed(A));

    [Fact]
    public void It_is_stopped_and_goes_on()
    {
        AuditBatch.Decider.Given(Started).When(new AuditBatchCommand.Stop()).Then(new AuditBatchEvent.Stopped(Id));
        AuditBatch.Decider.Given(Started, new AuditBatchEvent.Stopped(Id)).When(new AuditBatchCommand.Stop()).ThenNothing();
        AuditBatch.Decider.Given(Started, new AuditBatchEvent.Stopped(Id)).When(new AuditBatchCommand.Resume()).Then(new AuditBatchEvent.Resumed(Id));
        AuditBatch.Decider.Given(Started).When(new AuditBatchCommand.Resume()).ThenNothing();
        AuditBatch.Decider.Given(Started, Printed(A), Printed(B), new AuditBatchEvent.Finished(Id)).When(new AuditBatchCommand.Stop()).ThenNothing();
    }

    [Fact]
    public void A_period_that_is_none_is_refused()
    {
        AuditBatch.Decider.Given().When(Start with { From = Last, To = First }).ThenRefused("auditbatch.period-backward", "to");
        AuditBatch.Decider.Given().When(Start with { From = new(2026, 7, 1), To = new(2026, 7, 2) }).ThenRefused("auditbatch.period-future", "from");
        AuditBatch.Decider.Given().When(Start with { From = new(2024, 1, 1) }).ThenRefused("auditbatch.period-long", "to");
        AuditBatch.Decider.Given().When(Start with { Venues = [] }).ThenRefused("auditbatch.nobody", "district");
        AuditBatch.Decider.Given().When(Start with { Language = "de" }).ThenRefused("auditbatch.language-unknown", "language");
    }

    [Fact]
    public void The_list_tells_how_far_it_is()
    {
        var row = AuditBatchRow.View.Build(Story.Of((Id, Started), (Id, Printed(A)), (Id, new AuditBatchEvent.Stopped(Id)), (Id, new AuditBatchEvent.LeftOut(Id, B, "report.before-registration"))))[Id];
        Assert.Equal((BatchStage.Stopped, 2, 1, 1), (row.Stage, row.Venues, row.Printed, row.LeftOut.Count));
    }
}
