using Compliance.Api.Entrance;

namespace Compliance.Api.Subjects;

/// <summary>The right to be forgotten: name and contact go for good, what the person did stays under the opaque subject.</summary>
static class Forget
{
    public static async Task<Answer> Handle(Guid subjectId, Knock knock, ForgetPerson forget) =>
        await forget.Handle(subjectId, knock.Origin, knock.Ct);
}
