using System.Globalization;
using System.Security.Cryptography;
using System.Threading.RateLimiting;
using Compliance.Domain.Complaints;
using Compliance.Domain.Venues;
using Microsoft.AspNetCore.DataProtection;

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
    public DateTimeOffset? Happened(string? field)
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

/// <summary>The form as a browser sends it; a field that is missing or malformed keeps its default.</summary>
public sealed class ComplaintFields
{
    public Guid Id { get; set; }
    public string? Seal { get; set; }
    /// <summary>The field nobody sees.</summary>
    public string? Website { get; set; }
    public ComplaintCategory? Category { get; set; }
    /// <summary>In Almaty's time, as a field of the kind <c>datetime-local</c> says it.</summary>
    public string? At { get; set; }
    public string? Words { get; set; }
    public string? Contact { get; set; }
}
