using System.Security.Cryptography;
using Compliance.Api.Entrance;
using Compliance.Api.Inspections;
using Compliance.Api.Views;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace Compliance.Api.Duties;

/// <summary>
/// Whoever answers shows a repair by a picture: it is sealed first and then told to the log by its hash, so that no fact names a picture that
/// is not there. An inspector says what he found of it.
/// </summary>
static class Repair
{
    static readonly Refusal NoPicture = new("duty.photo-missing", "A repair is shown by a picture: a JPEG or a PNG of at most 8 MiB.", "body");

    [RequestSizeLimit(Photos.Largest)]
    public static async Task<Answer> Show(Guid dutyId, Stream body, Knock knock, PhotoStore store, Contradictions contradictions, TimeProvider clock)
    {
        if (await Photos.Read(body, knock.Ct) is not { } bytes || Photos.TypeOf(bytes) is null) return NoPicture;
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var otherwise = await contradictions.Of(dutyId, knock.Ct);
        if (otherwise is not null) return await knock.Send(Duty.Decider, dutyId, new DutyCommand.ShowRepair(hash, clock.GetUtcNow(), otherwise)); // no picture is kept that proves nothing
        return await store.Keep(dutyId, hash, bytes, () => knock.Send(Duty.Decider, dutyId, new DutyCommand.ShowRepair(hash, clock.GetUtcNow())));
    }

    /// <summary>The picture that showed the repair last.</summary>
    public static async Task<IResult> Picture(Guid dutyId, IViewStore views, PhotoStore store, HttpResponse response, CancellationToken ct)
    {
        if ((await views.Find(DutyRow.View, dutyId, ct))?.Photo is not { } hash || store.Get(dutyId, hash) is not { } bytes)
            return Problems.Of(new Refusal("request.unknown", "There is no such picture."));
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(bytes, Photos.TypeOf(bytes));
    }

    public static Task<Answer> Find(Guid dutyId, RepairFound body, Knock knock, TimeProvider clock) =>
        knock.Send(Duty.Decider, dutyId, body.Mended
            ? new DutyCommand.Verify(body.Grounds, clock.GetUtcNow()) : new DutyCommand.Reopen(body.Grounds, clock.GetUtcNow()));
}
