using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;

namespace Compliance.Probe.Eyes.Live;

/// <summary>By what a detector judges, before it is set on a camera.</summary>
/// <param name="Sha256">Of the file of its weights, hexadecimal in small letters.</param>
/// <param name="Configuration">All settings that its judgement depends on, in words, so that their hash tells one way from another.</param>
internal sealed record SenseModel(string Name, string Sha256, double Threshold, string Configuration)
{
    /// <summary>As it is told of a camera with this calibration.</summary>
    public DetectorModel On(ViewCalibration? view) => new(Name, Sha256, Threshold, Hash(view is null ? Configuration : $"{Configuration}; {JsonSerializer.Serialize(view, EventCatalog.Json)}"));

    /// <summary>Of a detector that judges by rules and has no file of weights: its rules are its weights.</summary>
    public static SenseModel OfRules(string name, double threshold, string configuration) => new(name, Hash(configuration), threshold, configuration);

    static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>A detector as this box can run it.</summary>
/// <param name="Model">Null where its weights are missing or were refused: it rests, and everything else runs.</param>
/// <param name="Make">Sets it on a camera.</param>
/// <param name="Suffices">Whether it can work by what was drawn for a camera; null: it needs nothing drawn.</param>
internal sealed record SenseKind(Detector Detector, SenseModel? Model, Func<Guid, ViewCalibration?, DetectorModel, ISense> Make, Func<ViewCalibration?, bool>? Suffices = null)
{
    /// <summary>What gives the same detector by the model that it is to judge by from now on; null where that never changes.</summary>
    public Func<SenseKind>? Renew { get; init; }

    /// <summary>As it is now, and stays for whoever holds it.</summary>
    public SenseKind Now => Renew?.Invoke() ?? this;

    /// <param name="usual">What was usual on a camera by the model of this hash, judged so: other heights are other scores.</param>
    public static SenseKind Fights(FightModel? trees, Func<Guid, string, ViewCalibration?, UsualScores> usual) => Fights(() => trees is null ? null : new(trees, ModelShelf.DeliveredName), usual);

    /// <param name="current">By which fights are told now.</param>
    /// <param name="help">What the box has beside it.</param>
    public static SenseKind Fights(Func<NamedModel?> current, Func<Guid, string, ViewCalibration?, UsualScores> usual, FightHelp? help = null)
    {
        var beside = help ?? FightHelp.None;
        return By(current()) with { Renew = () => By(current()) };

        SenseKind By(NamedModel? trees) => new(
            Detector.Fight, trees is null ? null : new(trees.Name, trees.Model.Hash, beside.ThresholdBeside(trees.Model), beside.ConfigurationBeside(trees.Model)),
            (device, view, model) => new FightSense(trees!.Model, model, usual(device, beside.Named(trees.Model).Hash, view), view, beside));
    }
}
