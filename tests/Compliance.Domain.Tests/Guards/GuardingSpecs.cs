using Compliance.Domain.Guards;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Guards.Guarding;
using static Compliance.Domain.Guards.GuardingCommand;

namespace Compliance.Domain.Tests.Guards;

public sealed class GuardingSpecs
{
    static readonly Guid Club = new("00000000-0000-0000-0000-00000000000a"), One = new("00000000-0000-0000-0000-0000000000c1");
    static readonly Guid Ann = new("00000000-0000-0000-0000-0000000000e1"), Bob = new("00000000-0000-0000-0000-0000000000e2");
    static readonly DateOnly Today = new(2026, 1, 1);
    static readonly SecurityContract Firm = new(One, "Күзет", "990140000384", "№ 12", new("KZ 001", "1", new(2027, 1, 1)), new(2026, 1, 1), new(2026, 12, 31));
    static readonly GuardingEvent.ContractSigned Signed = new(Club, Firm);
    static readonly GuardingEvent.GuardRostered Rostered = new(Club, Ann, 1, new(2027, 3, 1));

    [Fact] public void A_contract_is_signed() => Decider.Given().When(new SignContract(Firm, Club, Today)).Then(Signed);
    [Fact] public void Two_firms_do_not_guard_at_once() => Decider.Given(Signed).When(new SignContract(Firm with { ContractId = Bob, From = new(2026, 6, 1) }, Club, Today)).ThenRefused("guarding.contract-running");
    [Fact] public void When_one_has_ended_another_begins() => Decider.Given(Signed, new GuardingEvent.ContractEnded(Club, One, new(2026, 5, 31)))
        .When(new SignContract(Firm with { ContractId = Bob, From = new(2026, 6, 1) }, Club, Today)).Then(new GuardingEvent.ContractSigned(Club, Firm with { ContractId = Bob, From = new(2026, 6, 1) }));
    [Fact] public void A_person_sells_no_security() => Decider.Given().When(new SignContract(Firm with { Bin = "850101300005" }, Club, Today)).ThenRefused("guarding.firm-a-person", "contract.bin");
    [Fact] public void A_mistyped_bin_is_none() => Decider.Given().When(new SignContract(Firm with { Bin = "990140000385" }, Club, Today)).ThenRefused("guarding.bin-malformed", "contract.bin");
    [Fact] public void There_are_two_subtypes() => Decider.Given().When(new SignContract(Firm with { Licence = Firm.Licence with { Subtype = "3" } }, Club, Today)).ThenRefused("guarding.subtype-foreign", "contract.licence.subtype");
    [Fact] public void A_licence_is_renewed() => Decider.Given(Signed).When(new RecordLicence(One, new("KZ 001", "1", new(2029, 1, 1)), Today)).Then(new GuardingEvent.LicenceRecorded(Club, One, new("KZ 001", "1", new(2029, 1, 1))));
    [Fact] public void It_ends_once() => Decider.Given(Signed, new GuardingEvent.ContractEnded(Club, One, new(2026, 5, 31))).When(new EndContract(One, new(2026, 6, 30))).ThenNothing();
    [Fact] public void Not_before_it_began() => Decider.Given(Signed).When(new EndContract(One, new(2025, 1, 1))).ThenRefused("guarding.dates-backward", "on");

    [Fact] public void No_licence_runs_for_ever() => Decider.Given(Signed).When(new RecordLicence(One, new("KZ 001", "1", DateOnly.MaxValue), Today)).ThenRefused("guarding.date-far", "licence.until");
    [Fact] public void No_contract_does() => Decider.Given().When(new SignContract(Firm with { Until = new(2036, 1, 2) }, Club, Today)).ThenRefused("guarding.date-far", "contract.until");
    [Fact] public void Nor_began_before_anybody_kept_one() => Decider.Given().When(new SignContract(Firm with { From = DateOnly.MinValue }, Club, Today)).ThenRefused("guarding.date-far", "contract.from");
    [Fact] public void No_certificate_does() => Decider.Given(Signed).When(new Roster(Ann, DateOnly.MaxValue, Today)).ThenRefused("guarding.date-far", "certificateUntil");

    [Fact] public void Without_a_firm_there_are_no_guards() => Decider.Given().When(new Roster(Ann, new(2027, 3, 1), Today)).ThenRefused("guarding.contract-missing");
    [Fact] public void A_guard_gets_a_number() => Decider.Given(Signed).When(new Roster(Ann, new(2027, 3, 1), Today)).Then(Rostered);
    [Fact] public void A_number_is_never_given_twice() => Decider.Given(Signed, Rostered, new GuardingEvent.GuardRemoved(Club, Ann, new(2026, 2, 1)))
        .When(new Roster(Bob, new(2027, 3, 1), Today)).Then(new GuardingEvent.GuardRostered(Club, Bob, 2, new(2027, 3, 1)));
    [Fact] public void A_certificate_is_renewed() => Decider.Given(Signed, Rostered).When(new RecordCertificate(Ann, new(2029, 3, 1), Today)).Then(new GuardingEvent.CertificateRecorded(Club, Ann, new(2029, 3, 1)));
    [Fact] public void Who_left_is_not_changed_any_more() => Decider.Given(Signed, Rostered, new GuardingEvent.GuardRemoved(Club, Ann, new(2026, 2, 1))).When(new RecordCertificate(Ann, new(2029, 3, 1), Today)).ThenRefused("guarding.guard-unknown");
    [Fact] public void A_guard_chooses_a_pin_of_his_own() => Decider.Given(Signed, Rostered).When(new ChoosePin(Ann)).Then(new GuardingEvent.PinChosen(Club, Ann));
    [Fact] public void Who_gives_a_new_one_knows_it_and_that_is_written_down() => Decider.Given(Signed, Rostered, new GuardingEvent.PinChosen(Club, Ann)).When(new GivePin(Ann)).Then(new GuardingEvent.PinGiven(Club, Ann));

    [Fact] public void A_post_has_a_telephone_with_or_without_a_firm() => Decider.Given().When(new NamePostTelephone(Club, One)).Then(new GuardingEvent.PostTelephoneNamed(Club, One));
    [Fact] public void Another_takes_its_place() => Decider.Given(Signed, new GuardingEvent.PostTelephoneNamed(Club, One)).When(new NamePostTelephone(Club, Ann)).Then(new GuardingEvent.PostTelephoneNamed(Club, Ann));
    [Fact] public void Named_twice_it_is_the_same() => Decider.Given(new GuardingEvent.PostTelephoneNamed(Club, One)).When(new NamePostTelephone(Club, One)).ThenNothing();
    [Fact] public void It_is_removed_once() => Decider.Given(new GuardingEvent.PostTelephoneNamed(Club, One), new GuardingEvent.PostTelephoneRemoved(Club, One)).When(new RemovePostTelephone()).ThenNothing();
    [Fact] public void What_was_named_is_removed() => Decider.Given(Signed, new GuardingEvent.PostTelephoneNamed(Club, One)).When(new RemovePostTelephone()).Then(new GuardingEvent.PostTelephoneRemoved(Club, One));

    [Fact]
    public void The_card_names_what_ends_and_nothing_that_is_over()
    {
        var card = GuardingCard.View.Build(Story.Of((Club, Signed), (Club, Rostered), (Club, Rostered with { GuardId = Bob, Number = 2 }), (Club, new GuardingEvent.GuardRemoved(Club, Bob, new(2026, 2, 1)))))[Club];
        Assert.Equal([(EndingKind.Contract, One), (EndingKind.FirmLicence, One), (EndingKind.Certificate, Ann)], card.Endings(new(2026, 6, 1)).Select(e => (e.Kind, e.Id)));
        Assert.Equal([EndingKind.Certificate], card.Endings(new(2027, 6, 1)).Select(e => e.Kind));
    }
}
