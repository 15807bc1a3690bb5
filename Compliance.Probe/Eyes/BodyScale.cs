using Compliance.Domain.Detectors;

namespace Compliance.Probe.Eyes;

/// <summary>How tall a person looks at a place of the picture, in cells: by what was drawn for the camera, else guessed from what moved lately.</summary>
internal sealed class BodyScale(ViewCalibration? view)
{
    const double Least = 3, MostOfPicture = 0.9;

    /// <summary>Smaller patches are no person; a patch much wider than high is one who lies, or several.</summary>
    const int SmallestPatch = 4;
    const double Widest = 1.2;

    /// <summary>What a frame adds to the guess is halved by some 700 more of them; so much has to be there before it is believed.</summary>
    const double Fades = 0.999, Enough = 4000, Quantile = 0.7;

    readonly double[] _heights = new double[256];

    /// <summary>In words, for the hash of a detector's settings.</summary>
    public static string Configuration => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"heights as drawn, else {Quantile} of patches of {SmallestPatch} cells and more, {Widest} wide at most, fading by {Fades}, {MostOfPicture} of the picture at most");

    /// <summary>Whether somebody drew it.</summary>
    public bool IsDrawn => view is { Persons.Count: > 0 };

    /// <summary>What moved in an instant, where the height has to be guessed.</summary>
    public void Note(IReadOnlyList<Blob> blobs)
    {
        if (IsDrawn || blobs.Count == 0) return;
        for (var i = 0; i < _heights.Length; i++) _heights[i] *= Fades;
        foreach (var blob in blobs.Where(blob => blob.Cells >= SmallestPatch && blob.Width <= Widest * blob.Height)) _heights[Math.Min(blob.Height, _heights.Length - 1)] += (double)blob.Cells * blob.Cells; // limbs are many and small
    }

    /// <summary>Of somebody whose feet are in this row.</summary>
    public double AtFoot(double row, int rows) => Math.Max(Least, IsDrawn ? view!.HeightAt(row / rows) * rows : Math.Min(Guess(rows), MostOfPicture * rows));

    /// <summary>Of somebody of whom this row shows the middle.</summary>
    public double At(double row, int rows)
    {
        var height = AtFoot(row, rows);
        if (!IsDrawn) return height;
        for (var step = 0; step < 4; step++) height = AtFoot(row + height / 2, rows);
        return height;
    }

    double Guess(int rows)
    {
        double all = 0, seen = 0;
        foreach (var one in _heights) all += one;
        if (all < Enough) return rows / 3.0;
        for (var height = 0; height < _heights.Length; height++)
            if ((seen += _heights[height]) >= Quantile * all) return height;
        return rows / 3.0;
    }
}
