using Compliance.Domain.Contacts;
using Compliance.Domain.Devices;
using Compliance.Domain.Panels;
using Compliance.Domain.Probes;
using Compliance.Domain.Tests.Kernel;

namespace Compliance.Domain.Tests.Panels;

/// <summary>Two probes of a venue, one panel and one contact: through which of them it speaks, and whose silence counts.</summary>
public sealed class HearingSpecs
{
    static readonly Guid Alarm = Guid.NewGuid(), Exit = Guid.NewGuid(), Club = Guid.NewGuid(), Box = Guid.NewGuid(), Central = Guid.NewGuid();
    static readonly DateTimeOffset Ten = new(2026, 6, 1, 22, 0, 0, TimeSpan.Zero), Later = Ten.AddMinutes(3);
    static readonly PanelEvent.Enrolled Enrolled = new(Alarm, Club, "AB12", true, null, 60);
    static readonly PanelEvent[] Held = [Enrolled, new PanelEvent.Taken(Alarm, Club, Box, null, Ten), new PanelEvent.LinkChanged(Alarm, Club, PanelLink.Unknown, PanelLink.Up, Ten, Ten),
        new PanelEvent.WorthChanged(Alarm, Club, PanelWorth.Unheard, new(Verdict.Unknown, "ZonesUnproved 0"), Ten, Ten)];
    static readonly ContactEvent[] Free = [new ContactEvent.Fitted(Exit, Club, ContactSource.Mqtt, "door"), new ContactEvent.Taken(Exit, Club, Box, null, Ten),
        new ContactEvent.Turned(Exit, Club, ContactState.Silent, ContactState.Free, Ten, Ten), new ContactEvent.WorthChanged(Exit, Club, Verdict.Unknown, Verdict.Clear, "ContactFree", Ten, Ten)];

    static PanelCommand.ReportLink Link(PanelLink link, Hearing by) => new(link, Ten, Later, true, by);
    static ContactCommand.Report Says(ContactState state, Hearing by) => new(state, Later, Later, null, by);

    [Fact] public void Who_hears_it_first_holds_it() => Panel.Decider.Given(Enrolled).When(new PanelCommand.ReportLink(PanelLink.Up, Ten, Ten, true, new(Box))).Then(Held[1..]);
    [Fact] public void Another_that_hears_it_too_changes_nothing() => Panel.Decider.Given(Held).When(Link(PanelLink.Up, new(Central, HolderHears: true))).ThenNothing();
    [Fact] public void What_another_hears_counts_all_the_same() => Panel.Decider.Given(Held).When(new PanelCommand.Hear(PanelSignal.Fire, true, 2, null, Later, true, new(Central, HolderHears: true)))
        .Then(new PanelEvent.FireRaised(Alarm, Club, 2, null, Later));
    [Fact] public void That_another_does_not_hear_it_says_nothing() => Panel.Decider.Given(Held).When(Link(PanelLink.CommFault, new(Central, HolderHears: true))).ThenRefused("panel.heard-elsewhere");
    [Fact] public void Nor_when_its_holder_is_gone() => Panel.Decider.Given(Held).When(Link(PanelLink.CommFault, new(Central))).ThenRefused("panel.heard-elsewhere");
    [Fact] public void When_its_holder_hears_it_no_more_and_another_does_it_moves_and_no_silence_is_booked() => Panel.Decider.Given(Held).When(Link(PanelLink.CommFault, new(Box, Other: Central)))
        .Then(new PanelEvent.Taken(Alarm, Club, Central, Box, Later));
    [Fact] public void When_nobody_hears_it_the_holder_says_so() => Panel.Decider.Given(Held).When(Link(PanelLink.CommFault, new(Box))).Then(new PanelEvent.LinkChanged(Alarm, Club, PanelLink.Up, PanelLink.CommFault, Ten, Later));
    [Fact] public void Of_a_gone_holder_it_is_taken_by_who_hears_it() => Panel.Decider.Given(Held).When(new PanelCommand.Take(new(Central), Later, true)).Then(new PanelEvent.Taken(Alarm, Club, Central, Box, Later));
    [Fact] public void And_not_of_one_that_hears_it() => Panel.Decider.Given(Held).When(new PanelCommand.Take(new(Central, HolderHears: true), Later, true)).ThenNothing();
    [Fact] public void After_a_silence_who_hears_it_ends_it() => Panel.Decider.Given([.. Held, new PanelEvent.LinkChanged(Alarm, Club, PanelLink.Up, PanelLink.CommFault, Ten, Later)]).When(new PanelCommand.Take(new(Central), Later, true))
        .Then(new PanelEvent.Taken(Alarm, Club, Central, Box, Later), new PanelEvent.LinkChanged(Alarm, Club, PanelLink.CommFault, PanelLink.Up, Later, Later));

    [Fact] public void A_contact_speaks_through_one_probe() => Contact.Decider.Given(Free[0]).When(new ContactCommand.Report(ContactState.Free, Ten, Ten, null, new(Box))).Then(Free[1..]);
    [Fact] public void That_turns_counts_from_any() => Contact.Decider.Given(Free).When(Says(ContactState.Locked, new(Central, HolderHears: true)))
        .Then(new ContactEvent.Turned(Exit, Club, ContactState.Free, ContactState.Locked, Later, Later), new ContactEvent.WorthChanged(Exit, Club, Verdict.Clear, Verdict.OutOfHours, "LockedOutOfHours", Later, Later));
    [Fact] public void Its_silence_only_from_its_holder() => Contact.Decider.Given(Free).When(Says(ContactState.Silent, new(Central, HolderHears: true))).ThenRefused("panel.heard-elsewhere");
    [Fact] public void And_not_while_another_hears_it() => Contact.Decider.Given(Free).When(Says(ContactState.Silent, new(Box, Other: Central))).Then(new ContactEvent.Taken(Exit, Club, Central, Box, Later));
    [Fact] public void Taken_of_a_gone_holder_it_stands_as_it_stood() => Contact.Decider.Given(Free).When(new ContactCommand.Take(new(Central), Later)).Then(new ContactEvent.Taken(Exit, Club, Central, Box, Later));
}
