namespace Compliance.Domain.Subjects;

/// <summary>The person behind an opaque subject, from the vault.</summary>
public sealed record Subject(Guid SubjectId, string Name, string? Contact);

/// <summary>Who is signed in.</summary>
public sealed record Me(Guid SubjectId, string Name, IReadOnlyList<string> Roles);
