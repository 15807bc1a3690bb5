using OpenCvSharp;

namespace Compliance.Probe.Eyes.Faces;

/// <summary>Whether the gates of <see cref="FaceQuality"/> open for good pictures and close for bad ones: the same faces as they are, blurred, dark, glaring and small.</summary>
internal static class GateTrial
{
    static readonly IReadOnlyList<(string Name, Action<Mat, double> Spoil)> Trials =
    [
        ("plain", (_, _) => { }),
        ("blurred by a fortieth of the eyes' distance", (picture, eyes) => Cv2.GaussianBlur(picture, picture, new(0, 0), eyes / 40)),
        ("blurred by a twentieth", (picture, eyes) => Cv2.GaussianBlur(picture, picture, new(0, 0), eyes / 20)),
        ("blurred by a tenth", (picture, eyes) => Cv2.GaussianBlur(picture, picture, new(0, 0), eyes / 10)),
        ("a third of the light", (picture, _) => picture.ConvertTo(picture, -1, 0.3)),
        ("burnt out", (picture, _) => picture.ConvertTo(picture, -1, 2.2, 30)),
        ("20 pixels from eye to eye", (picture, eyes) => Cv2.Resize(picture, picture, new(), 20 / eyes, 20 / eyes, InterpolationFlags.Area)),
        ("12 pixels from eye to eye", (picture, eyes) => Cv2.Resize(picture, picture, new(), 12 / eyes, 12 / eyes, InterpolationFlags.Area)),
    ];

    public static IReadOnlyList<object> Run(IReadOnlyList<string> files, FaceFinder finder) => [.. Trials.Select(trial =>
    {
        var (seen, match, evidence, sharp) = (0, 0, 0, new List<double>());
        foreach (var file in files)
        {
            using var picture = Cv2.ImRead(file, ImreadModes.Color);
            if (picture.Empty() || finder.Find(picture) is not [var before, ..]) continue;
            trial.Spoil(picture, before.InterEye);
            seen++;
            if (finder.Find(picture) is not [var face, ..]) continue;
            using var crop = FaceCrop.Of(picture, face);
            var quality = FaceQuality.Of(face, crop);
            sharp.Add(quality.Sharpness);
            if (quality.Use == FaceUse.Match) match++;
            if (quality.Use == FaceUse.Evidence) evidence++;
        }

        sharp.Sort();
        double Quantile(double at) => sharp.Count == 0 ? 0 : Math.Round(sharp[(int)(at * (sharp.Count - 1))], 3);
        return (object)new { trial = trial.Name, faces = seen, match = Share(match), evidence = Share(evidence), sharpness = (double[])[Quantile(0.05), Quantile(0.5), Quantile(0.95)] };

        double Share(int count) => seen == 0 ? 0 : Math.Round((double)count / seen, 3);
    })];
}
