using Microsoft.Extensions.Localization;

namespace Compliance.Web.Shell;

/// <summary>What a problem's code means to a reader; a refusal of the domain has its sentence here in three languages.</summary>
public sealed class ProblemWords;

public static class ProblemSentences
{
    /// <summary>The sentence of a code; one we have no words for is named, so that a person can ask about it.</summary>
    public static string Of(this IStringLocalizer<ProblemWords> words, Problem problem) =>
        words[problem.Code] is { ResourceNotFound: false } known ? known : words["other", problem.Code];
}
