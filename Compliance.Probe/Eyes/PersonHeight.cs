using Compliance.Domain.Detectors;

namespace Compliance.Probe.Eyes;

/// <summary>How tall a person is in the picture where something moves, in cells: expected by the calibration of the camera, or guessed from what moves.</summary>
internal static class PersonHeight
{
    const double Least = 3, MostOfPicture = 0.9;

    /// <summary>Smaller patches are no person; a patch much wider than high is one who lies, or several.</summary>
    const int SmallestPatch = 4;
    const double HeightOfWidth = 0.8;

    /// <summary>From foot to head is looked for so often; it settles at once on an even floor.</summary>
    const int Steps = 24;

    /// <summary>
    /// A patch that moves may be an arm or a whole body: its middle is taken for the middle of a body, and the middle one of all patches counts, each by its cells.
    /// Never less than the smallest body that the trees were trained with.
    /// </summary>
    /// <param name="view">With persons: without any it tells no heights.</param>
    public static double Expected(ViewCalibration view, IReadOnlyList<MotionField> fields, IReadOnlyList<IReadOnlyList<Blob>> blobs)
    {
        var rows = fields.Count > 0 ? fields[0].Rows : 1;
        List<(double Height, double Cells)> heights = [.. blobs.SelectMany(some => some).Where(blob => blob.Cells >= SmallestPatch)
            .Select(blob => (rows * AroundMiddle(view, (blob.Y + 0.5) / rows), (double)blob.Cells))];
        var height = heights.Count == 0 ? rows * view.HeightAt(view.Persons.Average(person => person.Foot.Y)) : PairFacts.At(heights, 0.5);
        return Math.Max(Least, height);
    }

    /// <summary>How tall somebody is whose middle is at this height of the picture: his feet are half of that below.</summary>
    static double AroundMiddle(ViewCalibration view, double middle)
    {
        var height = view.HeightAt(middle);
        for (var step = 0; step < Steps; step++) height = view.HeightAt(middle + height / 2);
        return height;
    }

    public static double Guess(IReadOnlyList<MotionField> fields, IReadOnlyList<IReadOnlyList<Blob>> blobs)
    {
        if (fields.Count == 0) return Least;
        var rows = fields[0].Rows;
        List<(double Height, double Cells)> heights = [.. blobs.SelectMany(some => some).Where(blob => blob.Cells >= SmallestPatch)
            .Select(blob => (Math.Max(blob.Height, HeightOfWidth * blob.Width), (double)blob.Cells))];
        return heights.Count == 0 ? rows / 3.0 : Within(PairFacts.At(heights, 0.5), rows);
    }

    public static double Within(double cells, int rows) => Math.Clamp(cells, Least, MostOfPicture * rows);
}
