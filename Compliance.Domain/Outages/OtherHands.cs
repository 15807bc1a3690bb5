namespace Compliance.Domain.Outages;

/// <summary>Whether nobody is to be called to account over an outage: all of it was excused, lay in other hands, or another probe saw the picture meanwhile.</summary>
public static class OtherHands
{
    extension(Outage outage)
    {
        /// <summary>From its start to its end without a gap; while it runs only a cause that was named until its end reaches so far.</summary>
        public bool IsExcused => outage switch
        {
            Outage.Running(_, _, _, var dispute) when dispute.LaysOnTheWay(null) => true,
            Outage.Over(_, var ended, var dispute) when dispute.LaysOnTheWay(ended) => true,
            Outage.Running(var card, _, _, var dispute) => dispute.Cover(card.StartedAt, DateTimeOffset.MaxValue),
            Outage.Over(var card, var ended, var dispute) => dispute.Cover(card.StartedAt, ended),
            _ => false,
        };
    }

    /// <summary>What was seen in a picture beside it is the device's own.</summary>
    static bool LaysOnTheWay(this Outage.Disputes dispute, DateTimeOffset? ended) => dispute.Sight.IsContradicted(ended) && !dispute.Sight.WasSeen;

    static bool Cover(this Outage.Disputes dispute, DateTimeOffset start, DateTimeOffset end)
    {
        var reached = start;
        foreach (var (from, until) in dispute.Spans().OrderBy(span => span.From))
            if (from <= reached && until > reached) reached = until;
        return reached >= end;
    }

    /// <summary>A later word that names the owner, or takes back what was known, unsays the contests.</summary>
    static IEnumerable<(DateTimeOffset From, DateTimeOffset Until)> Spans(this Outage.Disputes dispute)
    {
        foreach (var excused in dispute.Excused) yield return (excused.From, excused.Until);
        if (dispute.Attributed is { Cause: Cause.Owner or Cause.Unknown }) yield break;
        if (dispute.Attributed is { } named) yield return (named.From, named.Until ?? DateTimeOffset.MaxValue);
        foreach (var contest in dispute.Decided.Where(contest => contest.Accepted)) yield return (contest.From, contest.Until);
    }
}
