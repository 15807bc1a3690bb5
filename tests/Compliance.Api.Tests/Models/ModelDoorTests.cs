using System.Net;
using System.Security.Cryptography;
using System.Text;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;
using Compliance.Domain.Models;
using Compliance.Domain.Probes;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Models;

/// <summary>From a file that somebody registers to the box that is to judge by it, and back.</summary>
public sealed class ModelDoorTests : IAsyncLifetime
{
    readonly House _house = new();
    Scene _scene = null!;
    HttpClient _author = null!, _second = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static string Delivered => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "models", "fights.json"));

    static string WithThreshold(string threshold) => System.Text.RegularExpressions.Regex.Replace(Delivered, "\"threshold\": [0-9.]+,\n", $"\"threshold\": {threshold},\n");

    /// <summary>The delivered trees under another threshold: another file, which scores as its trainer said.</summary>
    static byte[] Another => Encoding.UTF8.GetBytes(WithThreshold("0.7"));

    static string Hash(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));

    static ModelProposal Proposal(byte[] file, string? hash = null) => new(new(Detector.Fight, "fights-2", hash ?? Hash(file), new(0.8, 0.1, 223, 40), "Apache-2.0"), file);

    static string Door(byte[] file) => $"/models/{ModelVersion.IdOf(Hash(file))}";

    public async ValueTask InitializeAsync() => (_scene, _author, _second) = (await Scene.In(_house), _house.As(Guid.NewGuid(), "authority"), _house.As(Guid.NewGuid(), "authority"));

    public async ValueTask DisposeAsync() => await _house.DisposeAsync();

    [Fact]
    public async Task A_version_goes_from_its_author_by_another_person_to_the_box_and_back()
    {
        var file = Another;
        await _author.Do("POST", "/models", Proposal(file));
        await _author.Do("POST", "/models", Proposal(file)); // a second knock
        Assert.Equal("model.same-person", await Refusal(_author, $"{Door(file)}/approved", new ModelCommand.Approve("mine")));
        Assert.Equal("model.unapproved", await Refusal(_author, $"{Door(file)}/rolled-out", new ModelCommand.RollOut(100, "now")));
        await _second.Do("POST", $"{Door(file)}/approved", new ModelCommand.Approve("checked"));
        using (var early = await _scene.AsProbe.Ask("GET", $"/probe/models/{Hash(file)}")) Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);

        var before = await Assigned(null);
        Assert.Empty(before.Models);
        var after = await Assigned(await _author.Do("POST", $"{Door(file)}/rolled-out", new ModelCommand.RollOut(100, "all")));
        Assert.Equal(new AssignedModel(Detector.Fight, "fights-2", Hash(file)), Assert.Single(after.Models));
        Assert.NotEqual(before.Revision, after.Revision);
        using (var fetched = await _scene.AsProbe.Ask("GET", $"/probe/models/{Hash(file)}")) Assert.Equal(file, await fetched.Content.ReadAsByteArrayAsync(Ct));

        var back = await Assigned(await _author.Do("POST", $"{Door(file)}/rolled-back", new ModelCommand.RollBack("strange")));
        Assert.Empty(back.Models);
        using (var late = await _scene.AsProbe.Ask("GET", $"/probe/models/{Hash(file)}")) Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
        var lines = await _author.Get<IReadOnlyList<ModelLine>>("/models", await _author.Do("POST", $"{Door(file)}/withdrawn", new ModelCommand.Withdraw("enough")));
        Assert.Equal([ModelStepKind.Registered, ModelStepKind.Approved, ModelStepKind.RolledOut, ModelStepKind.RolledBack, ModelStepKind.Withdrawn], lines[0].Row!.Steps.Select(step => step.Kind));
        Assert.Equal(0.7, lines[0].Threshold);
    }

    [Fact]
    public async Task The_delivered_version_stands_in_the_list_and_so_does_what_a_box_says_it_runs()
    {
        var delivered = Assert.Single(await _author.Get<IReadOnlyList<ModelLine>>("/models", _scene.Ready));
        Assert.Equal(Hash(Encoding.UTF8.GetBytes(Delivered)), delivered.Sha256);
        Assert.Equal((_scene.Probe, 0, true), Assert.Single(delivered.Boxes) is var box ? (box.BoxId, box.Cameras, box.IsToRun) : default);
        Assert.Contains(delivered.Delivered!, point => point.Threshold.Equals(delivered.Threshold));

        await Assigned(null);
        var now = _house.Clock.GetUtcNow();
        Assert.Equal([null], await _scene.Tell(new DetectorObserved(Guid.NewGuid(), _scene.Camera, now, new(true, 0), Detector.Fight, Guid.NewGuid(), new("fights", delivered.Sha256, 0.629, new('c', 64)), null)));
        var runs = await Asking.Until(async () => (await _author.Get<IReadOnlyList<ModelLine>>("/models"))[0].Boxes.Single(), runs => runs.Cameras > 0); // a view: it follows the log
        Assert.Equal(("box 1", 1), (runs.Name, runs.Cameras));
        Assert.Equal([null], await _scene.Tell(new DetectorObserved(Guid.NewGuid(), _scene.Camera, now.AddSeconds(1), new(true, 0), Detector.Fight, Guid.NewGuid(), new("old", new('e', 64), 0.5, new('c', 64)), null)));
        var lines = await Asking.Until(() => _author.Get<IReadOnlyList<ModelLine>>("/models"), lines => lines.Count > 1);
        Assert.Equal(("old", null, null), (lines[1].Name, lines[1].Row, lines[1].Delivered));
        Assert.Equal((1, false), lines[1].Boxes.Single() is var foreign ? (foreign.Cameras, foreign.IsToRun) : default);
    }

    static readonly (string Text, string Code)[] Broken =
    [
        ("", "model.file-size"), ("{", "model.file-unreadable"), ("[]", "model.file-unreadable"), ("not json", "model.file-unreadable"),
        (Delivered[..(Delivered.Length / 2)], "model.file-unreadable"),
        (Delivered.Replace(TreeFile.Format, "onnx", StringComparison.Ordinal), "model.file-format"),
        (Delivered.Replace("area-mean", "area-median", StringComparison.Ordinal), "model.file-features"),
        (Delivered.Replace("\"start\": -0.0", "\"start\": -1.0", StringComparison.Ordinal), "model.file-scores"),
        (WithThreshold("7"), "model.file-unreadable"),
        (Delivered, "model.is-delivered"),
    ];

    [Fact]
    public async Task A_file_that_no_box_would_run_is_refused_by_name_and_not_kept()
    {
        foreach (var (text, code) in Broken) Assert.Equal(code, await Refusal(_author, "/models", Proposal(Encoding.UTF8.GetBytes(text))));
        Assert.Single(await _author.Get<IReadOnlyList<ModelLine>>("/models"));
    }

    [Fact]
    public async Task Another_file_than_was_named_and_one_that_is_too_large_are_refused()
    {
        Assert.Equal("model.hash-differs", await Refusal(_author, "/models", Proposal(Another, new('a', 64))));
        Assert.Equal("model.file-size", await Refusal(_author, "/models", Proposal(new byte[TreeFile.Largest + 1])));
        Assert.Equal("model.name-malformed", await Refusal(_author, "/models", Proposal(Another) is var p ? p with { Model = p.Model with { Name = "../x" } } : null));
        using var nobody = await _scene.AsProbe.Ask("GET", "/probe/models/..%2Fvault.db");
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
    }

    [Fact]
    public async Task A_lost_file_is_put_back_by_whoever_brings_it_and_what_nobody_knows_is_not_kept()
    {
        var (file, store) = (Another, _house.Services.GetRequiredService<Api.Models.ModelStore>());
        var bad = Proposal(file) is var p ? p with { Model = p.Model with { Name = "../x" } } : null;
        Assert.Equal("model.name-malformed", await Refusal(_author, "/models", bad));
        Assert.False(store.Has(Hash(file)));

        await _author.Do("POST", "/models", Proposal(file));
        store.Erase(Hash(file));
        Assert.Equal("model.already-registered", await Refusal(_second, "/models", Proposal(file)));
        Assert.Equal(file, await store.Get(Hash(file), Ct));
        await store.Keep(Hash(file), [1, 2, 3], Ct); // the disk changed it
        Assert.Equal("model.already-registered", await Refusal(_second, "/models", Proposal(file)));
        Assert.Equal(file, await store.Get(Hash(file), Ct));
    }

    async Task<Assignments> Assigned(CommandAnswer? after)
    {
        if (after is not null) await _author.Get<IReadOnlyList<ModelLine>>("/models", after);
        return await _scene.AsProbe.Get<Assignments>("/probe/assignments");
    }

    static async Task<string?> Refusal(HttpClient person, string door, object? body)
    {
        using var answer = await person.Ask("POST", door, body);
        return (await answer.Json()).GetProperty("code").GetString();
    }
}
