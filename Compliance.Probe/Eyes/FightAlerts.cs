using Compliance.Domain.Alerts;

namespace Compliance.Probe.Eyes;

/// <summary>
/// When windows become an alert: five of the last six over the threshold begin it, or four in a row over the surer one, and it ends only when few are near it; then it is quiet for half a minute.
/// </summary>
internal sealed class FightAlerts(double threshold, UsualScores? usual = null, double? sure = null)
{
    static readonly Holding Held = new(6, 5, 2, 0.1, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(30), Sure: 4);

    /// <summary>All that turns scores into alerts, in words, so that its hash tells one way from another.</summary>
    public static string Configuration => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"windows: {Held.Words} ({FightModel.SurePoint}); {Frame.StandardWidth} pixels, {Frame.Rate} a second, windows of {WindowMaker.Length} every {WindowMaker.Hop}; {UsualScores.Configuration}");

    readonly HeldAlert _held = new(AlertKind.Fight, threshold, Held, usual ?? new(), sure);

    /// <summary>Whether an alert stands now.</summary>
    public bool Stands => _held.Stands;

    /// <summary>The alert that began or ended with this window, if one did.</summary>
    public Alert? See(Window window, double score) => _held.See(window.Start, window.End, window.Tells ? score : null);

    /// <summary>The alert that still stood when the footage ended or broke off.</summary>
    public Alert? Rest() => _held.Rest();
}
