using Compliance.Api.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;
using Compliance.Domain.KnownClips;
using Compliance.Domain.Models;
using Compliance.Domain.Probes;
using Microsoft.AspNetCore.Mvc;

namespace Compliance.Api.Models;

/// <summary>Versions of models: what the authority registers and decides, what it reads of them, and the file as a box fetches it. Author, clock and all that stands in the file are the door's own.</summary>
static class Registry
{
    /// <summary>The file is read by the rules of the box before anything is kept; it lies there before the log names it.</summary>
    [RequestSizeLimit(2 * TreeFile.Largest)]
    public static async Task<Answer> Register(ModelProposal body, Knock knock, ModelStore store)
    {
        var reading = TreeFile.Read(body.File, store.Delivered.Features);
        if (reading.File is not { } file) return Refused(reading);
        if (!string.Equals(file.Sha256, body.Model.Sha256, StringComparison.OrdinalIgnoreCase)) return new Refusal("model.hash-differs", $"What arrived has the SHA-256 {file.Sha256}.", "model.sha256");
        if (file.Sha256 == store.Delivered.Sha256) return new Refusal("model.is-delivered", "This is the model that comes with the program: it needs no registration.");
        var id = ModelVersion.IdOf(file.Sha256);
        var register = body.Model with { ModelId = id, Sha256 = file.Sha256, Bytes = body.File.Length, Threshold = file.Threshold, AuthorId = knock.Caller.SubjectId };
        using var alone = await store.OneAtATime(knock.Ct);
        // One that is there and damaged is of no use to anybody either.
        if (await store.Get(file.Sha256, knock.Ct) is null) await store.Keep(file.Sha256, body.File, knock.Ct);
        var answer = await knock.Send(ModelVersion.Decider, id, register);
        // What was refused may still be the file of a version that is known, and the only copy of it where that was lost.
        if (!answer.IsDone && await VersionOf(file.Sha256, knock.Log, knock.Ct) is ModelVersion.Unknown) store.Erase(file.Sha256);
        return answer;
    }

    public static Task<Answer> Approve(Guid modelId, ModelCommand.Approve body, Knock knock, TimeProvider clock) =>
        knock.Send(ModelVersion.Decider, modelId, body with { By = knock.Caller.SubjectId, At = clock.GetUtcNow() });

    public static Task<Answer> RollOut(Guid modelId, ModelCommand.RollOut body, Knock knock, TimeProvider clock) => knock.Send(ModelVersion.Decider, modelId, body with { At = clock.GetUtcNow() });

    public static Task<Answer> RollBack(Guid modelId, ModelCommand.RollBack body, Knock knock, TimeProvider clock) => knock.Send(ModelVersion.Decider, modelId, body with { At = clock.GetUtcNow() });

    public static Task<Answer> Withdraw(Guid modelId, ModelCommand.Withdraw body, Knock knock, TimeProvider clock) => knock.Send(ModelVersion.Decider, modelId, body with { At = clock.GetUtcNow() });

    /// <summary>To a box: only what is rolled out, and only under its own hash.</summary>
    public static async Task<IResult> Fetch(string sha256, IEventLog log, ModelStore store, CancellationToken ct) =>
        ImpactAssessment.IsHash(sha256) && await IsOut(sha256.ToLowerInvariant(), log, ct) && await store.Get(sha256.ToLowerInvariant(), ct) is { } bytes
            ? TypedResults.Bytes(bytes, "application/json") : Problems.Of(new Refusal("model.unknown", "No such model is rolled out."));

    static async Task<bool> IsOut(string sha256, IEventLog log, CancellationToken ct) =>
        await VersionOf(sha256, log, ct) is ModelVersion.Known { Share: > 0 };

    static async Task<ModelVersion> VersionOf(string sha256, IEventLog log, CancellationToken ct) =>
        (await log.Load(ModelVersion.Decider, new(ModelVersion.Decider.Category, ModelVersion.IdOf(sha256)), ct)).State;

    /// <summary>What a box is to judge by, one line a detector for which another than the delivered one is rolled out to it.</summary>
    public static async Task<IReadOnlyList<AssignedModel>> For(Guid box, IViewStore views, CancellationToken ct)
    {
        var rows = new List<ModelRow>();
        await foreach (var row in views.From(ModelRow.View, ct))
        {
            if (row.OutSince is null) break; // those that boxes run stand first
            rows.Add(row);
        }

        return [.. rows.Select(row => row.Card.Detector).Distinct().Order().Select(detector => ModelRow.For(box, detector, rows)).OfType<ModelRow>().Select(row => new AssignedModel(row.Card.Detector, row.Card.Name, row.Card.Sha256))];
    }

    /// <summary>Every version, registered, delivered or told by a box, with what it does in the field.</summary>
    public static async Task<IReadOnlyList<ModelLine>> List(IViewStore views, ModelStore store, CancellationToken ct)
    {
        var (rows, boxes, fields) = (await views.All(ModelRow.View, null, ct), await views.All(ProbeCard.View, null, ct), (await views.All(ModelField.View, null, ct)).ToDictionary(field => field.Sha256));
        // Only the trees that tell a fight are versions here: others judge by rules of the program, faces by a network that the police bring.
        var runs = new Dictionary<string, List<DetectorCard>>();
        await foreach (var card in views.From(DetectorCard.View, ct))
            if (card is { Because: null, Model: { } model, Detector: Detector.Fight }) (runs.TryGetValue(model.Sha256, out var all) ? all : runs[model.Sha256] = []).Add(card);
        var toRun = boxes.ToLookup(box => ModelRow.For(box.ProbeId, Detector.Fight, rows)?.Card.Sha256 ?? store.Delivered.Sha256, box => box.ProbeId);
        var recall = (await views.All(RecallMonth.View, null, ct)).Where(month => month.ModelSha256 is not null).GroupBy(month => month.ModelSha256!).ToDictionary(group => group.Key, group => group.Aggregate(Recall.None, (sum, month) => sum + month.Recall));
        var names = boxes.ToDictionary(box => box.ProbeId, box => box.Name);

        var delivered = new ModelLine(store.Delivered.Sha256, Detector.Fight, "fights", store.Delivered.Threshold, null, store.Delivered.Points, fields.GetValueOrDefault(store.Delivered.Sha256), BoxesOf(store.Delivered.Sha256));
        var registered = rows.Select(row => new ModelLine(row.Card.Sha256, row.Card.Detector, row.Card.Name, row.Card.Threshold, row, null, fields.GetValueOrDefault(row.Card.Sha256), BoxesOf(row.Card.Sha256)));
        var known = rows.Select(row => row.Card.Sha256).Append(store.Delivered.Sha256).ToHashSet();
        var others = runs.Where(run => !known.Contains(run.Key)).Select(run => run.Value[0]).OrderBy(card => card.Model!.Sha256, StringComparer.Ordinal)
            .Select(card => new ModelLine(card.Model!.Sha256, card.Detector, card.Model.Name, card.Model.Threshold, null, null, fields.GetValueOrDefault(card.Model.Sha256), BoxesOf(card.Model.Sha256)));
        return [.. registered.Append(delivered).Concat(others).Select(line => line with { Recall = recall.GetValueOrDefault(line.Sha256) })];

        IReadOnlyList<ModelBox> BoxesOf(string sha256)
        {
            var cameras = runs.GetValueOrDefault(sha256, []).GroupBy(card => BoxOf(card.ToldBy)).Where(group => group.Key is not null).ToDictionary(group => group.Key!.Value, group => group.Count());
            return [.. cameras.Keys.Union(toRun[sha256]).Select(box => new ModelBox(box, names.GetValueOrDefault(box), cameras.GetValueOrDefault(box), toRun[sha256].Contains(box))).OrderBy(box => box.Name, StringComparer.Ordinal)];
        }
    }

    static Guid? BoxOf(string? actor) => actor?.Split(':') is ["probe", var id] && Guid.TryParse(id, out var box) ? box : null;

    static Refusal Refused(TreeReading reading) => new(reading.Fault switch
    {
        TreeFault.Size => "model.file-size",
        TreeFault.OtherFormat => "model.file-format",
        TreeFault.OtherFeatures => "model.file-features",
        TreeFault.OtherScores => "model.file-scores",
        _ => "model.file-unreadable",
    }, $"The file is not taken: {reading.Because}.", "file");
}
