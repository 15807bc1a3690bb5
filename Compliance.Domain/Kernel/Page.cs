namespace Compliance.Domain.Kernel;

/// <summary>A stretch of a list.</summary>
/// <param name="Next">The cursor to ask the following stretch with; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
