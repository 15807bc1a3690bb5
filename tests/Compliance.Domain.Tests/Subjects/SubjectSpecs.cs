using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Subjects.SubjectCommand;
using static Compliance.Domain.Subjects.SubjectEvent;
using static Compliance.Domain.Subjects.SubjectKey;

namespace Compliance.Domain.Tests.Subjects;

public sealed class SubjectSpecs
{
    static readonly Guid Id = new("00000000-0000-0000-0000-00000000000b");
    static readonly Enrolled Known = new(Id);
    static readonly KeyDestroyed Forgotten = new(Id);

    [Fact] public void A_person_is_enrolled_once() => Decider.Given().When(new Enrol(Id)).Then(Known);

    [Fact] public void A_person_is_forgotten_once() => Decider.Given(Known).When(new DestroyKey()).Then(Forgotten);

    [Fact] public void Who_was_forgotten_does_not_come_back() => Decider.Given(Known, Forgotten).When(new Enrol(Id)).ThenRefused("subject.forgotten");

    [Fact] public void Nobody_forgets_a_stranger() => Decider.Given().When(new DestroyKey()).ThenRefused("subject.unknown");
}
