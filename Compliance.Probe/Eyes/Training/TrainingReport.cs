using Compliance.Domain.Models;

namespace Compliance.Probe.Eyes.Training;

/// <summary>What grouped cross-validation gave under one light; means over several divisions into folds.</summary>
internal sealed record LightFigures(
    string Light, int Clips, double Accuracy, double AccuracyFrom, double AccuracyTo, double Auc, double AucWithoutForeign,
    double FalseAlarms, double FalseAlarmsFrom, double FalseAlarmsTo, double Found, double FoundFrom, double FoundTo, double FoundAtFivePercent);

/// <summary>The figures of a training, and the thresholds that follow from them.</summary>
internal sealed record TrainingReport(double Threshold, IReadOnlyList<OperatingPoint> Points, IReadOnlyList<LightFigures> Lights)
{
    /// <summary>Divisions into folds whose results are averaged: which sources lie together moves an AUC by some hundredths.</summary>
    const int Divisions = 5;

    /// <summary>The threshold that is shipped lets so many clips without a fight pass for one under a strobe.</summary>
    const double StrobeAlarms = 0.15;

    /// <summary>The threshold of alerts lets so many pass for one under plain light.</summary>
    const double Alerts = 0.08;
    const string Shipped = "shipped";

    /// <summary>Two foreign data sets without a single fight and with frame sizes of their own; figures are also told without them.</summary>
    static readonly HashSet<string> Foreign = ["CamNet", "Synopsis"];

    public static TrainingReport Of(IReadOnlyList<SeenClip> clips, FightTraining training, int threads)
    {
        var divisions = Enumerable.Range(1, Divisions).AsParallel().AsOrdered().WithDegreeOfParallelism(threads).Select(training.OutOfFold).ToList();
        var plain = divisions.ConvertAll(scores => scores[ClubLight.Kinds[0]]);
        OperatingPoint Point(string name, double threshold) => new(
            name, Round(threshold), Round(plain.Average(scores => Measures.At(scores, Round(threshold)).FalseAlarms)), Round(plain.Average(scores => Measures.At(scores, Round(threshold)).Found)));
        double Median(double falseAlarms, string light) => divisions.Select(scores => Measures.ThresholdAt(scores[light], falseAlarms)).Order().ElementAt(Divisions / 2);
        var calm = ClubLight.Kinds[0];
        var shipped = Point(Shipped, Median(StrobeAlarms, "strobe"));
        OperatingPoint[] points = [shipped, Point("even", 0.5), Point(FightModel.AlertsPoint, Median(Alerts, calm)), Point("false-alarms-10", Median(0.10, calm)), Point("false-alarms-5", Median(0.05, calm)), Point("false-alarms-2", Median(0.02, calm))];
        return new(shipped.Threshold, [.. points.OrderBy(point => point.Threshold)], [.. ClubLight.Kinds.Select(light => Figures(light, clips, divisions.ConvertAll(scores => scores[light]), shipped.Threshold))]);
    }

    static LightFigures Figures(string light, IReadOnlyList<SeenClip> clips, List<IReadOnlyList<(double Score, bool Fight)>> divisions, double threshold)
    {
        var fights = clips.Count(one => one.Clip.Fight);
        var accuracy = divisions.Average(scores => Measures.Accuracy(scores, threshold));
        var (alarms, found) = (divisions.Average(scores => Measures.At(scores, threshold).FalseAlarms), divisions.Average(scores => Measures.At(scores, threshold).Found));
        var (accuracyRange, alarmRange, foundRange) = (Wilson.Of(accuracy, clips.Count), Wilson.Of(alarms, clips.Count - fights), Wilson.Of(found, fights));
        return new(
            light, clips.Count, Round(accuracy), Round(accuracyRange.From), Round(accuracyRange.To), Round(divisions.Average(Measures.Auc)),
            Round(divisions.Average(scores => Measures.Auc([.. scores.Where((_, i) => !Foreign.Contains(clips[i].Clip.Source))]))),
            Round(alarms), Round(alarmRange.From), Round(alarmRange.To), Round(found), Round(foundRange.From), Round(foundRange.To),
            Round(divisions.Average(scores => Measures.At(scores, Measures.ThresholdAt(scores, 0.05)).Found)));
    }

    static double Round(double value) => Math.Round(value, 3);
}
