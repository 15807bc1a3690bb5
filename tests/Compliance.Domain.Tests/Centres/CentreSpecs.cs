using Compliance.Domain.Centres;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Centres.Centre;

namespace Compliance.Domain.Tests.Centres;

/// <summary>Machines of a control centre are admitted once, and dismissed for good.</summary>
public sealed class CentreSpecs
{
    static readonly Guid Id = new("00000000-0000-0000-0000-0000000000a7");
    static readonly DateTimeOffset Noon = new(2026, 11, 30, 7, 0, 0, TimeSpan.Zero);
    static readonly CentreEvent.Admitted Admitted = new(Id, "ЦОУ", Noon);
    static readonly CentreEvent.Dismissed Dismissed = new(Id, Noon.AddHours(1));

    static CentreCommand.Admit Admit(string name = "ЦОУ") => new(Id, name, Noon);

    [Fact] public void One_is_admitted_by_its_name() => Decider.Given().When(Admit(" ЦОУ ")).Then(Admitted);
    [Fact] public void Said_twice_it_is_one() => Decider.Given(Admitted).When(Admit()).ThenNothing();
    [Fact] public void Another_one_has_another_id() => Decider.Given(Admitted).When(Admit("112")).ThenRefused("centre.known");
    [Fact] public void A_name_is_wanted() => Decider.Given().When(Admit(" ")).ThenRefused("centre.name-missing", "name");
    [Fact] public void It_gets_another_secret() => Decider.Given(Admitted).When(new CentreCommand.ChangeKey(Noon.AddHours(1))).Then(new CentreEvent.KeyChanged(Id, Noon.AddHours(1)));
    [Fact] public void It_is_dismissed() => Decider.Given(Admitted).When(new CentreCommand.Dismiss(Noon.AddHours(1))).Then(Dismissed);
    [Fact] public void Dismissed_twice_is_once() => Decider.Given(Admitted, Dismissed).When(new CentreCommand.Dismiss(Noon)).ThenNothing();
    [Fact] public void Who_was_dismissed_gets_no_secret() => Decider.Given(Admitted, Dismissed).When(new CentreCommand.ChangeKey(Noon)).ThenRefused("centre.dismissed");
    [Fact] public void Nor_comes_back_under_the_same_id() => Decider.Given(Admitted, Dismissed).When(Admit()).ThenRefused("centre.dismissed");
    [Fact] public void Nobody_is_dismissed_who_is_not_there() => Decider.Given().When(new CentreCommand.Dismiss(Noon)).ThenRefused("centre.unknown");
}
