using Compliance.Domain.Contacts;
using Compliance.Domain.Devices;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Contacts.Contact;
using static Compliance.Domain.Contacts.ContactCommand;

namespace Compliance.Domain.Tests.Panels;

public sealed class ContactSpecs
{
    static readonly Guid Exit = new("00000000-0000-0000-0000-0000000000e1"), Club = new("00000000-0000-0000-0000-00000000000a");
    static readonly DateTimeOffset Ten = new(2026, 6, 1, 22, 0, 0, TimeSpan.Zero);
    static readonly ContactEvent.Fitted Fitted = new(Exit, Club, ContactSource.Mqtt, "club/exits/1");
    static readonly ContactEvent[] Free = [Fitted, Turned(ContactState.Silent, ContactState.Free, 0), Worth(Verdict.Unknown, Verdict.Clear, "ContactFree", 0)];
    static readonly ContactEvent[] LockedNow = [.. Free, Turned(ContactState.Free, ContactState.Locked, 60)];

    static DateTimeOffset At(int second) => Ten.AddSeconds(second);
    static ContactEvent.Turned Turned(ContactState from, ContactState to, int second) => new(Exit, Club, from, to, At(second), At(second));
    static ContactEvent.WorthChanged Worth(Verdict from, Verdict to, string detail, int since, int? at = null) => new(Exit, Club, from, to, detail, At(since), At(at ?? since));

    [Fact] public void A_contact_is_fitted() => Decider.Given().When(new Fit(Exit, Club, ContactSource.Mqtt, "club/exits/1")).Then(Fitted);
    [Theory]
    [InlineData(ContactSource.Mqtt, "")]
    [InlineData(ContactSource.Mqtt, "club/#")]
    [InlineData(ContactSource.Mqtt, "+/exit")]
    [InlineData(ContactSource.DigitalInput, "input 1")]
    public void It_has_an_address(ContactSource source, string address) => Decider.Given().When(new Fit(Exit, Club, source, address)).ThenRefused("contact.address-malformed", "address");
    [Fact] public void Of_one_that_is_not_fitted_nothing_is_said() => Decider.Given().When(new Report(ContactState.Free, Ten, Ten, Ten)).ThenRefused("contact.unknown");

    [Fact] public void A_free_exit_is_clear() => Decider.Given(Fitted).When(new Report(ContactState.Free, Ten, Ten, null)).Then(Free[1..]);
    [Fact] public void A_sign_of_life_is_no_fact() => Decider.Given(Free).When(new Report(ContactState.Free, Ten, At(30), null)).ThenNothing();
    [Fact] public void What_came_late_changes_nothing() => Decider.Given(LockedNow).When(new Report(ContactState.Free, At(30), At(30), Ten)).ThenNothing();
    [Fact] public void A_locked_door_is_borne_for_half_a_minute() => Decider.Given(Free).When(new Report(ContactState.Locked, At(60), At(60), Ten)).Then(LockedNow[^1]);
    [Fact] public void And_no_longer() => Decider.Given(LockedNow).When(new Assess(At(91), Ten, true)).Then(Worth(Verdict.Clear, Verdict.Locked, "ContactLocked", 60, 91));
    [Fact] public void Until_then_nothing_turns() => Decider.Given(LockedNow).When(new Assess(At(90), Ten, true)).ThenNothing();
    [Fact] public void While_the_venue_is_closed_it_may_be_locked() => Decider.Given(Free).When(new Report(ContactState.Locked, At(60), At(60), null)).Then(LockedNow[^1], Worth(Verdict.Clear, Verdict.OutOfHours, "LockedOutOfHours", 60));
    [Fact] public void When_it_opens_the_half_minute_begins() => Decider.Given([.. LockedNow, Worth(Verdict.Clear, Verdict.OutOfHours, "LockedOutOfHours", 60)]).When(new Assess(At(3_631), At(3_600), true))
        .Then(Worth(Verdict.OutOfHours, Verdict.Locked, "ContactLocked", 3_600, 3_631));
    [Fact] public void When_it_closes_the_violation_ends() => Decider.Given([.. LockedNow, Worth(Verdict.Clear, Verdict.Locked, "ContactLocked", 60, 91)]).When(new Assess(At(9_000), null, true))
        .Then(Worth(Verdict.Locked, Verdict.OutOfHours, "LockedOutOfHours", 9_000));
    [Fact] public void A_blocked_one_is_told_as_blocked() => Decider.Given([.. Free, Turned(ContactState.Free, ContactState.Blocked, 60)]).When(new Assess(At(91), Ten, true)).Then(Worth(Verdict.Clear, Verdict.Blocked, "ContactBlocked", 60, 91));
    [Fact] public void Of_a_silent_one_nothing_is_known() => Decider.Given(Free).When(new Report(ContactState.Silent, At(30), At(120), Ten)).Then(new ContactEvent.Turned(Exit, Club, ContactState.Free, ContactState.Silent, At(30), At(120)), Worth(Verdict.Clear, Verdict.Unknown, "ContactSilent", 30, 120));
    [Fact] public void Nor_while_no_probe_is_heard() => Decider.Given(Free).When(new Assess(At(120), Ten, IsWatched: false)).Then(Worth(Verdict.Clear, Verdict.Unknown, "ContactSilent", 0, 120));
}
