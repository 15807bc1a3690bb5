using System.Globalization;
using System.Security.Cryptography;
using Compliance.Domain.Complaints;
using Compliance.Domain.Venues;
using Compliance.Web.Shell;
using Microsoft.AspNetCore.DataProtection;

namespace Compliance.Web.Parts.Complaints;

/// <summary>What keeps machines from the public form, without asking another company about our visitors: a sealed time, a field nobody sees, a limit by address.</summary>
public sealed class ComplaintPost(IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>Complaints of one address that are taken within <see cref="Window"/>, and how often it may try: a form that is sent back uses up nothing but a try.</summary>
    public const int Most = 5, MostTries = 40;

    /// <summary>Characters a form may bring.</summary>
    public const int LongestWords = 1_500, LongestContact = 120;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10), Soonest = TimeSpan.FromSeconds(3), Latest = TimeSpan.FromHours(12);

    readonly IDataProtector _seal = protection.CreateProtector("complaint-form");

    readonly Lately _taken = new(Most, Window, clock), _tries = new(MostTries, Window, clock);

    /// <summary>Says of a form that is drawn now which complaint it will be.</summary>
    public string Seal(Guid complaint) => _seal.Protect($"{complaint:N} {clock.GetUtcNow().ToUnixTimeMilliseconds()}");

    /// <summary>Null when a person may have sent it; else why it is not taken.</summary>
    /// <param name="website">The field nobody sees.</param>
    public string? Fault(Guid complaint, string? seal, string? website, string address)
    {
        if (!string.IsNullOrEmpty(website) || OpenedFor(complaint, seal) is not { } open || open < Soonest) return "complaint.not-taken";
        if (open > Latest) return "complaint.form-old";
        if (Wait(address) is not null) return "request.too-many";
        _tries.Count(address);
        return null;
    }

    /// <summary>One of this address was taken.</summary>
    public void Taken(string address) => _taken.Count(address);

    /// <summary>How long this address has to wait before it may send another; null when it may now.</summary>
    public TimeSpan? Wait(string address) => _taken.Wait(address) ?? _tries.Wait(address);

    /// <summary>What of it is longer than it may be; a browser sends a line break as two characters that its own count takes for one.</summary>
    public static Problem? TooLong(ComplaintFields form) =>
        form.Words?.ReplaceLineEndings("\n").Length > LongestWords ? new("complaint.words-long", ["words"])
        : form.Contact?.Length > LongestContact ? new("complaint.contact-long", ["contact"]) : null;

    /// <summary>When it happened, as the browser's field says it in Almaty's time; null for no time or one that nobody may complain of.</summary>
    public DateTimeOffset? Happened(string? field)
    {
        var now = clock.GetUtcNow();
        return DateTime.TryParseExact(field, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            && Math.Abs((local - now.UtcDateTime).TotalDays) < Complaint.Furthest.TotalDays + 1
            && VenueZone.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local)) is var at && Complaint.MayHaveHappened(at, now) ? at : null;
    }

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
