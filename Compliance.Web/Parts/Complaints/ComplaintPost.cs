using System.Globalization;
using System.Security.Cryptography;
using System.Threading.RateLimiting;
using Compliance.Domain.Complaints;
using Compliance.Domain.Venues;
using Compliance.Web.Shell;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;

namespace Compliance.Web.Parts.Complaints;

/// <summary>What keeps machines from the public form, without asking another company about our visitors: a sealed time, a field nobody sees, a limit by address.</summary>
public sealed class ComplaintPost(IDataProtectionProvider protection, TimeProvider clock) : IDisposable
{
    /// <summary>Complaints one address may hand in within <see cref="Window"/>.</summary>
    public const int Most = 5;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10), Soonest = TimeSpan.FromSeconds(3), Latest = TimeSpan.FromHours(12);

    readonly IDataProtector _seal = protection.CreateProtector("complaint-form");

    readonly PartitionedRateLimiter<string> _limit = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, _ => new() { PermitLimit = Most, Window = Window, QueueLimit = 0 }));

    /// <summary>Says of a form that is drawn now which complaint it will be.</summary>
    public string Seal(Guid complaint) => _seal.Protect($"{complaint:N} {clock.GetUtcNow().ToUnixTimeMilliseconds()}");

    /// <summary>Null when a person may have sent it; else why it is not taken.</summary>
    /// <param name="website">The field nobody sees.</param>
    public string? Fault(Guid complaint, string? seal, string? website, string address) =>
        !string.IsNullOrEmpty(website) || OpenedFor(complaint, seal) is not { } open || open < Soonest ? "complaint.not-taken"
        : open > Latest ? "complaint.form-old"
        : _limit.AttemptAcquire(address).IsAcquired ? null : "request.too-many";

    /// <summary>When it happened, as the browser's field says it in Almaty's time; null for no time or one that nobody may complain of.</summary>
    public DateTimeOffset? Happened(string field)
    {
        var now = clock.GetUtcNow();
        return DateTime.TryParseExact(field, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            && Math.Abs((local - now.UtcDateTime).TotalDays) < Complaint.Furthest.TotalDays + 1
            && VenueZone.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local)) is var at && Complaint.MayHaveHappened(at, now) ? at : null;
    }

    public void Dispose() => _limit.Dispose();

    TimeSpan? OpenedFor(Guid complaint, string? seal)
    {
        try
        {
            return seal is not null && _seal.Unprotect(seal).Split(' ') is [var id, var at] && id == $"{complaint:N}"
                ? clock.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(at, CultureInfo.InvariantCulture)) : null;
        }
        catch (CryptographicException)
        {
            return null; // not ours
        }
    }
}

/// <summary>The form as a browser sends it.</summary>
public sealed record ComplaintFields(Guid Id, string? Seal, string? Website, ComplaintChannel Channel, ComplaintCategory Category, string At, string? Words, string? Contact);

/// <summary>Takes the public form: a plain post, so that it works on any telephone.</summary>
public static class ComplaintDoor
{
    public static void MapComplaints(this WebApplication app) => app.MapPost("/complain/{venue:guid}", Take);

    static async Task<IResult> Take(Guid venue, [FromForm] ComplaintFields form, HttpContext http, ComplaintPost post, Access access, ApiClient api)
    {
        var back = $"/complain/{venue}";
        if (post.Fault(form.Id, form.Seal, form.Website, $"{http.Connection.RemoteIpAddress}") is { } fault) return Results.LocalRedirect($"{back}?refused={fault}");
        if (post.Happened(form.At) is not { } happened) return Results.LocalRedirect($"{back}?refused=complaint.time-impossible");
        access.ActFor(http.User);
        var answer = await api.Complain(form.Id, new(form.Channel, form.Category, venue, null, happened, form.Words, form.Contact), http.RequestAborted);
        return Results.LocalRedirect(answer.Value is { } status ? $"{back}?done={status.ComplaintId}" : $"{back}?refused={Uri.EscapeDataString(answer.Problem!.Code)}");
    }
}
