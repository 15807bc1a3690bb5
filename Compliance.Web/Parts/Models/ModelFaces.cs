using Compliance.Domain.Models;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Compliance.Web.Parts.Models;

/// <summary>What a version of a model looks like: a tone, an icon, a word.</summary>
public static class ModelFaces
{
    public static (string Tone, string Icon, string Word) Face(this ModelLine line, IStringLocalizer<ModelWords> words) => line switch
    {
        { Delivered: not null } => ("good", Icons.Material.Rounded.Inventory2, words["is.delivered"]),
        { Row: null } => ("bad", Icons.Material.Rounded.HelpOutline, words["is.foreign"]),
        { Row.IsWithdrawn: true } => ("unclear", Icons.Material.Rounded.Block, words["is.withdrawn"]),
        { Row.Share: > 0 and var share } => ("good", Icons.Material.Rounded.RocketLaunch, words["is.out", share]),
        { Row.IsApproved: true } => ("unclear", Icons.Material.Rounded.Verified, words["is.approved"]),
        _ => ("unclear", Icons.Material.Rounded.HourglassTop, words["is.waiting"]),
    };

    /// <summary>What the delivered model is worth at the threshold it judges by; null where its file does not say.</summary>
    public static OperatingPoint? Worth(this ModelLine line) => line.Delivered?.FirstOrDefault(point => point.Threshold.Equals(line.Threshold));
}
