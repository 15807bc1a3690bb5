using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Compliance.Domain.Detectors;
using Compliance.Domain.Models;
using Compliance.Probe.Eyes;
using Compliance.Probe.Eyes.Live;
using Compliance.Probe.Tests.Tell;

namespace Compliance.Probe.Tests.Eyes.Live;

/// <summary>What lies on the shelf runs, and nothing else does.</summary>
public sealed class ModelShelfTests : IDisposable
{
    static readonly FightModel Delivered = new(new('a', 64), 0.6, 4, [], []);

    /// <summary>The delivered trees under another threshold: another file, which any box would run.</summary>
    internal static byte[] Another { get; } = Encoding.UTF8.GetBytes(Regex.Replace(
        System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "models", FightModel.FileName)), "(\"name\":\"alerts\",\"threshold\":)[0-9.]+", "${1}0.75"));

    static readonly byte[] File = Another;

    static readonly AssignedModel Wanted = new(Detector.Fight, "fights-2", Convert.ToHexStringLower(SHA256.HashData(File)));

    readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_cannot_be_written_does_not_run_for_a_moment_either_and_leaves_nothing()
    {
        var shelf = new ModelShelf(_folder["models"], Delivered);
        Directory.CreateDirectory(Path.Combine(_folder["models"], $"{Wanted.Sha256}.json")); // no file can be put there
        var fault = Record.Exception(() => shelf.Take(Wanted, File));
        Assert.True(fault is IOException or UnauthorizedAccessException, $"{fault}");
        Assert.Equal(Delivered.Hash, shelf.Runs!.Model.Hash);
        Assert.Empty(Directory.GetFiles(_folder["models"]));

        Directory.Delete(Path.Combine(_folder["models"], $"{Wanted.Sha256}.json"));
        shelf.Take(Wanted, File);
        Assert.Equal(0.75, shelf.Runs!.Model.AlertThreshold);
        Assert.True(shelf.IsRunning(Wanted));
        Assert.Single(Directory.GetFiles(_folder["models"]));
    }
}
