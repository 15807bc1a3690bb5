namespace Compliance.Domain.Access;

/// <summary>How often and how long police looked at one camera.</summary>
/// <param name="Seconds">That its picture was on a screen, all screens together.</param>
public sealed record CameraTotal(Guid DeviceId, int Views, long Seconds);

/// <summary>All that police looked at in one venue, over every session there was; what a page shows of it may be less.</summary>
/// <param name="Views">Looks at one camera without a pause: a long one is told in pieces and counts once.</param>
/// <param name="Seconds">That pictures were on screens, all cameras together.</param>
/// <param name="Cameras">The longest looked at first.</param>
public sealed record SeenTotals(int Sessions, int Views, long Seconds, int Stills, IReadOnlyList<CameraTotal> Cameras)
{
    /// <summary>Between two pieces of one look no more than a picture or two are missing.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public static SeenTotals Of(IReadOnlyCollection<AccessRow> rows)
    {
        var cameras = rows.SelectMany(row => row.Views.GroupBy(view => view.DeviceId)).GroupBy(pieces => pieces.Key)
            .Select(sessions => new CameraTotal(sessions.Key, sessions.Sum(Looks), (long)sessions.Sum(pieces => pieces.Sum(piece => (piece.To - piece.From).TotalSeconds))))
            .OrderByDescending(camera => camera.Seconds).ThenBy(camera => camera.DeviceId).ToArray();
        return new(rows.Count, cameras.Sum(camera => camera.Views), (long)rows.Sum(row => row.Looked.TotalSeconds), rows.Sum(row => row.Stills.Count), cameras);
    }

    /// <summary>Pieces of one camera in one session; two screens at a time are two looks.</summary>
    static int Looks(IEnumerable<CameraView> pieces)
    {
        var ends = new List<DateTimeOffset>();
        foreach (var piece in pieces.OrderBy(piece => piece.From))
        {
            var before = ends.FindIndex(end => (piece.From - end).Duration() <= Pause);
            if (before < 0) ends.Add(piece.To);
            else ends[before] = piece.To;
        }

        return ends.Count;
    }
}
