using Compliance.Domain.Detectors;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Detectors.DetectorCommand;
using static Compliance.Domain.Detectors.DetectorRun;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Detectors;

public sealed class DetectorRunSpecs
{
    static readonly Guid Camera = new("00000000-0000-0000-0000-00000000000c"), Venue = new("00000000-0000-0000-0000-00000000000a"), Basis = new("00000000-0000-0000-0000-0000000000b1");
    static readonly DetectorModel Model = new("fights", new('a', 64), 0.629, new('b', 64));
    static readonly Begin On = new(Camera, Venue, Detector.Fight, Basis, Model, Noon);
    static readonly Stop Off = new(Camera, Venue, Detector.Fight, DetectorRest.NoBasis, Noon.AddHours(1));
    static readonly DetectorEvent.Began Began = new(Camera, Venue, Detector.Fight, Noon, Basis, Model);
    static readonly DetectorEvent.Stopped Stopped = new(Camera, Venue, Detector.Fight, Noon.AddHours(1), DetectorRest.NoBasis, Basis);

    [Fact] public void It_begins_under_a_basis_with_a_model() => Decider.Given().When(On).Then(Began);
    [Fact] public void Told_again_it_adds_nothing() => Decider.Given(Began).When(On with { At = Noon.AddHours(2) }).ThenNothing();
    [Fact] public void Another_basis_or_model_is_another_beginning() =>
        Decider.Given(Began).When(On with { Model = Model with { Threshold = 0.7 } }).Then(Began with { Model = Model with { Threshold = 0.7 } });
    [Fact] public void It_stops_and_says_why_and_under_which_basis_it_had_run() => Decider.Given(Began).When(Off).Then(Stopped);
    [Fact] public void It_stops_once() => Decider.Given(Began, Stopped).When(Off).ThenNothing();
    [Fact] public void Another_reason_is_told() =>
        Decider.Given(Began, Stopped).When(Off with { Because = DetectorRest.ModelMissing }).Then(Stopped with { Because = DetectorRest.ModelMissing, BasisId = null });
    [Fact] public void One_that_never_ran_says_why_not() =>
        Decider.Given().When(Off with { Because = DetectorRest.OutOfHours }).Then(Stopped with { Because = DetectorRest.OutOfHours, BasisId = null });

    [Fact]
    public void A_card_remembers_basis_and_model_of_one_that_rests()
    {
        var id = IdOf(Camera, Detector.Fight);
        var card = DetectorCard.View.Build(Of((id, Began), (id, Stopped)))[id];
        Assert.Equal((DetectorRest.NoBasis, (Guid?)Basis, Model, Noon.AddHours(1)), (card.Because, card.BasisId, card.Model, card.Since));
        Assert.Null(DetectorCard.View.Build(Of((id, Began)))[id].Because);
    }
}
