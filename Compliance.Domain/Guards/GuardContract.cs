using Compliance.Domain.Kernel;

namespace Compliance.Domain.Guards;

/// <summary>A guard as the venue enters one on its roster. Name and certificate number go to the vault.</summary>
public sealed record GuardForm(string Name, string Certificate, DateOnly CertificateUntil);

/// <summary>The number a guard checks in with, and a first PIN, answered once; until he chooses his own, it only lets him do that.</summary>
public sealed record GuardPin(Guid GuardId, int Number, string Pin);

/// <summary>What the vault says of a guard; null once he was forgotten.</summary>
public sealed record GuardPerson(string? Name, string? Certificate);

/// <summary>Who guards a venue, with names for those who may read them.</summary>
public sealed record GuardsShown(GuardingCard Card, IReadOnlyDictionary<Guid, GuardPerson> Persons, GuardDuty Duty, IReadOnlyList<ShiftSheet> Sheets, IReadOnlyList<GuardEnding> Endings);

/// <summary>The number on duty and nothing else: what police see.</summary>
public sealed record GuardNumber(Guid VenueId, DateTimeOffset At, int OnDuty, int? Needed, int? Persons, int Capacity);

/// <summary>By which telephone the guards' post of a venue is reached.</summary>
/// <param name="Number">Up to fifteen digits (E.164); null: none.</param>
public sealed record PostTelephone(string? Number)
{
    public override string ToString() => "telephone of the guards' post";
}

/// <summary>The code of this moment: a link and its picture. After <paramref name="Until"/> it opens nothing.</summary>
public sealed record GuardCode(string Link, string Qr, DateTimeOffset Until);

/// <summary>What a guard says at the venue.</summary>
/// <param name="Ticket">What opening the code gave.</param>
/// <param name="Handset">A mark of this telephone for this night.</param>
/// <param name="NewPin">The PIN he chooses in place of the one he was given.</param>
public sealed record GuardCheck(string Ticket, int Number, string Pin, string? NewPin, Guid Handset, bool Leaving);

/// <summary>What became of it: since when he is on duty, or when he left.</summary>
/// <param name="PanicPass">With it, his id and the mark of this telephone he may call for help while he is on duty; null for one who left.</param>
public sealed record GuardChecked(int Number, DateTimeOffset At, bool Left, LogPosition Position, Guid GuardId = default, string? PanicPass = null)
{
    public override string ToString() => $"guard {Number}";
}

/// <summary>An entry as it comes: what happened and when, and the words if there is time for them now.</summary>
public sealed record EntryForm(IncidentKind Kind, DateTimeOffset HappenedAt, string? Words, DateOnly? FootageHeldUntil);

/// <summary>Words for an entry: written up, or added as a correction.</summary>
public sealed record EntryWords(string Words);

/// <summary>An entry with its words; those that were forgotten are null.</summary>
public sealed record EntryShown(BookRow Row, IReadOnlyList<string?> Words);

/// <summary>A telephone opened the code that the screen showed.</summary>
public sealed record CodeOpened(string Code, Guid Handset);

/// <summary>Good for that telephone and a few minutes.</summary>
public sealed record CheckInTicket(string Ticket);
