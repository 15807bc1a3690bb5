using Compliance.Domain.Models;
using Compliance.Web.Shell;

namespace Compliance.Web.Parts.KnownClips;

/// <summary>How a counted share is written: with the interval in which the true one lies, for of few nobody knows much.</summary>
public static class RecallFaces
{
    /// <summary>Like <c>4 / 5 · 37–96 %</c>; a dash where nothing was counted. Broken over lines at its point alone.</summary>
    public static string Share(int found, int of)
    {
        if (of == 0) return "–";
        var (from, to) = Wilson.Of(found, of);
        return string.Create(System.Globalization.CultureInfo.CurrentCulture, $"{found}\u00a0/\u00a0{of} · {Math.Floor(100 * from):0}–{Math.Ceiling(100 * to):0}\u00a0%");
    }
}
