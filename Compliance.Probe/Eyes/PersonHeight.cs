namespace Compliance.Probe.Eyes;

/// <summary>How tall a person is in the picture, in cells, guessed from what moves; a camera whose height was set needs no guess.</summary>
internal static class PersonHeight
{
    const double Least = 3, MostOfPicture = 0.9;

    /// <summary>Smaller patches are no person; a patch much wider than high is one who lies, or several.</summary>
    const int SmallestPatch = 4;
    const double HeightOfWidth = 0.8;

    public static double Guess(IReadOnlyList<MotionField> fields, IReadOnlyList<IReadOnlyList<Blob>> blobs)
    {
        if (fields.Count == 0) return Least;
        var rows = fields[0].Rows;
        List<(double Height, double Cells)> heights = [.. blobs.SelectMany(some => some).Where(blob => blob.Cells >= SmallestPatch)
            .Select(blob => (Math.Max(blob.Height, HeightOfWidth * blob.Width), (double)blob.Cells))];
        return heights.Count == 0 ? rows / 3.0 : Math.Clamp(PairFacts.At(heights, 0.5), Least, MostOfPicture * rows);
    }
}
