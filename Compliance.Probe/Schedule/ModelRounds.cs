using Compliance.Domain.Detectors;
using Compliance.Domain.Models;
using Compliance.Probe.Eyes;
using Compliance.Probe.Eyes.Live;
using Compliance.Probe.Tell;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Schedule;

/// <summary>
/// By which model the detectors judge: the one that the list names, fetched by its hash and kept on disk. As long as it cannot be had, or is refused, they judge by the one that
/// came with the program; that each runs, and by which hash, is told as ever.
/// </summary>
internal sealed partial class ModelRounds(ModelShelf shelf, ApiConnection api, TimeProvider clock, ILogger<ModelRounds> log) : Rounds("A round of the models", clock, log)
{
    /// <summary>A file that could not be had, or was refused, is asked for again after so long.</summary>
    static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(30), Patience = TimeSpan.FromSeconds(20);

    readonly Lock _gate = new();
    AssignedModel? _wanted;
    DateTimeOffset _notBefore;
    string? _said;

    /// <summary>What lies on the disk already is changed to at once: with the next round the detectors judge by it.</summary>
    public void Follow(IReadOnlyList<AssignedModel> models)
    {
        lock (_gate)
        {
            var wanted = models.FirstOrDefault(model => model.Detector == Detector.Fight);
            if (wanted != _wanted) _notBefore = DateTimeOffset.MinValue;
            _wanted = wanted;
            Settle();
        }
    }

    protected override async Task Round(DateTimeOffset now, CancellationToken ct)
    {
        AssignedModel wanted;
        lock (_gate)
        {
            if (Settle() || now < _notBefore) return;
            wanted = _wanted!;
            _notBefore = now + AskAgain;
        }

        try
        {
            if (!ImpactAssessment.IsHash(wanted.Sha256)) throw new ModelRefused("the list of the API", "names a model by something that is no hash");
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
            patience.CancelAfter(Patience);
            var bytes = await api.GetModel(wanted.Sha256, patience.Token);
            lock (_gate)
            {
                if (_wanted != wanted) return; // another list came meanwhile
                shelf.Take(wanted, bytes);
                Changed(log, wanted.Name, wanted.Sha256);
                _said = null;
            }
        }
        catch (Exception e) when (e is ApiAway or ApiRefused or ModelRefused or IOException or UnauthorizedAccessException || e is OperationCanceledException && !ct.IsCancellationRequested)
        {
            lock (_gate)
            {
                if (_wanted == wanted) shelf.FallBack();
            }

            if (_said != wanted.Sha256) NotHad(log, wanted.Name, wanted.Sha256, e.Message);
            _said = wanted.Sha256;
        }
    }

    /// <returns>Whether what is to run runs.</returns>
    bool Settle()
    {
        if (shelf.IsRunning(_wanted)) return true;
        if (_wanted is { } wanted)
        {
            if (!TakeKept(wanted)) return false;
            Changed(log, wanted.Name, wanted.Sha256);
            return true;
        }

        shelf.FallBack();
        Fell(log);
        return true;
    }

    bool TakeKept(AssignedModel wanted)
    {
        try
        {
            return shelf.Take(wanted);
        }
        catch (Exception e) when (e is ModelRefused or IOException or UnauthorizedAccessException)
        {
            return false; // it is asked for, and why it cannot be had is said then
        }
    }

    [LoggerMessage(LogLevel.Information, "Detectors judge by model {Name} ({Sha256})")]
    static partial void Changed(ILogger log, string name, string sha256);

    [LoggerMessage(LogLevel.Information, "Detectors judge by the model that came with the program")]
    static partial void Fell(ILogger log);

    [LoggerMessage(LogLevel.Error, "Model {Name} ({Sha256}) cannot be had: {Why}. Detectors judge by the one that came with the program")]
    static partial void NotHad(ILogger log, string name, string sha256, string why);
}
