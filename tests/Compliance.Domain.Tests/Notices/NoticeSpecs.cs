using Compliance.Domain.Devices;
using Compliance.Domain.Notices;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Notices.Notice;
using static Compliance.Domain.Notices.NoticeCommand;
using static Compliance.Domain.Notices.NoticeEvent;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Notices;

public sealed class NoticeSpecs
{
    static readonly Guid Id = new("00000000-0000-0000-0000-0000000000aa");
    static readonly Guid Venue = new("00000000-0000-0000-0000-00000000000a");
    static readonly Guid Person = new("00000000-0000-0000-0000-00000000000b");
    static readonly Issued Told = new(Id, Venue, NoticeKind.OutageOpened, Guid.Empty, Guid.Empty, Verdict.Stalled, Noon);

    [Fact] public void A_notice_is_issued_once() => Decider
        .Given()
        .When(new Issue(Id, Venue, NoticeKind.OutageOpened, Guid.Empty, Guid.Empty, Verdict.Stalled, Noon))
        .Then(Told);

    [Fact] public void It_is_delivered_once_to_each() => Decider.Given(Told).When(new MarkDelivered(Person)).Then(new Delivered(Id, Venue, Person));

    [Fact] public void It_is_read_once_by_each() => Decider
        .Given(Told, new Delivered(Id, Venue, Person))
        .When(new MarkRead(Person))
        .Then(new Read(Id, Venue, Person));

    [Fact] public void A_notice_of_a_duty_names_the_duty() => Decider
        .Given()
        .When(new Tell(Id, Venue, NoticeKind.DutyArose, Person, "KZ.EXIT.001", Noon))
        .Then(new NoticeEvent.Told(Id, Venue, NoticeKind.DutyArose, Person, "KZ.EXIT.001", null, Noon));

    [Fact]
    public void It_stands_in_the_inbox_without_a_device()
    {
        var row = NoticeRow.View.Build(Of((Id, new NoticeEvent.Told(Id, Venue, NoticeKind.CaseOpened, Person, null, null, Noon))))[Id];
        Assert.Equal((Person, null, null), (row.AboutId!.Value, row.DeviceId, row.Verdict));
    }

    [Fact] public void Nobody_reads_what_was_never_issued() => Decider.Given().When(new MarkRead(Person)).ThenRefused("notice.unknown");

    [Fact]
    public void Who_reads_has_been_reached()
    {
        var row = NoticeRow.View.Build(Of((Id, Told), (Id, new Read(Id, Venue, Person))))[Id];
        Assert.Equal(new NoticeReceipt(Person, Noon.AddMinutes(1), Noon.AddMinutes(1)), Assert.Single(row.Receipts));
    }

    [Fact]
    public void Everybody_has_an_unread_count_of_his_own()
    {
        var (other, stranger) = (new Guid("00000000-0000-0000-0000-0000000000ab"), Guid.Empty);
        var tally = NoticeTally.View.Build(Of(
            (Id, Told), (other, new NoticeEvent.Told(other, Venue, NoticeKind.DutyArose, Person, null, null, Noon)), (Id, new Delivered(Id, Venue, stranger)), (Id, new Read(Id, Venue, Person))))[Venue];
        Assert.Equal((1, 2), (tally.UnreadBy(Person), tally.UnreadBy(stranger)));
    }
}
