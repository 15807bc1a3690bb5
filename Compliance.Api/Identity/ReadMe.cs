using Compliance.Api.Subjects;
using Compliance.Domain.Subjects;

namespace Compliance.Api.Identity;

/// <summary><c>GET /me</c>: who is signed in.</summary>
internal static class ReadMe
{
    public static Me Handle(Caller caller, Persons persons) =>
        new(caller.SubjectId, persons.Find(caller.SubjectId)?.Name ?? "", caller.Roles);
}
