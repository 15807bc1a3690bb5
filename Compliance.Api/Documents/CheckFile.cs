using System.Security.Cryptography;
using Compliance.Api.Evidence;
using Compliance.Api.TransparentLog;
using Compliance.Api.Views;
using Compliance.Domain.Reports;
using Microsoft.AspNetCore.Mvc;

namespace Compliance.Api.Documents;

/// <summary>
/// Anybody hands in a document and is told what holds of it: the same check that <c>verify</c> makes, with this log's own key, and whether a file with these bytes
/// was issued here. Nothing of it is kept, not even that somebody asked.
/// </summary>
sealed class CheckFile : IDisposable
{
    /// <summary>Documents that are checked, and that are on their way here, at the same time; who comes then is asked to come again.</summary>
    const int AtOnce = 2, Arriving = 6, RetryAfterSeconds = 5;

    /// <summary>Who sends slower, and what takes longer, is let go.</summary>
    static readonly TimeSpan LongestArrival = TimeSpan.FromMinutes(2), LongestCheck = TimeSpan.FromMinutes(1);

    readonly SemaphoreSlim _places = new(AtOnce), _doors = new(Arriving);

    [RequestSizeLimit(Verifier.LongestFile)]
    public static async Task<IResult> Handle(Stream body, CheckFile check, LogIdentity identity, IViewStore views, TimeProvider clock, CancellationToken ct)
    {
        if (!await check._doors.WaitAsync(0, ct)) return Problems.Busy(RetryAfterSeconds);
        try
        {
            using var bytes = new MemoryStream();
            using (var late = new CancellationTokenSource(LongestArrival, clock))
            using (var ended = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token)) await body.CopyToAsync(bytes, ended.Token);
            if (!await check._places.WaitAsync(0, ct)) return Problems.Busy(RetryAfterSeconds);
            try
            {
                return await Check(bytes, identity, views, clock, ct);
            }
            finally
            {
                check._places.Release();
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Results.StatusCode(StatusCodes.Status408RequestTimeout);
        }
        finally
        {
            check._doors.Release();
        }
    }

    static async Task<IResult> Check(MemoryStream bytes, LogIdentity identity, IViewStore views, TimeProvider clock, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(LongestCheck, clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        var file = bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        var verification = Verifier.Check("file", file, new(identity.Signer.Key), ended.Token);
        var hash = Convert.ToHexStringLower(SHA256.HashData(file.Span));
        var known = await views.Find(DocumentFile.View, DocumentFile.KeyOf(hash), ct);
        return TypedResults.Ok(new CheckedDocument(hash, verification.Holds, known?.DocumentId, known?.At,
            [.. verification.Steps.Select(s => new CheckedLine(s.Step, s.Holds switch { Holds.Yes => true, Holds.No => false, _ => null }, s.Sentence))]));
    }

    public void Dispose()
    {
        _places.Dispose();
        _doors.Dispose();
    }
}
