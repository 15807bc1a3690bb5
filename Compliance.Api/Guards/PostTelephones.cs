using System.Text;
using Compliance.Api.Entrance;
using Compliance.Api.Vault;
using Compliance.Domain.Guards;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Guards;

/// <summary>The telephone of a venue's guards' post: often somebody's own, so the number lies in <c>guards.db</c> under a key of its own, and no fact says it. Another number destroys the one before.</summary>
internal sealed class PostTelephones(DataFolder data, SecretVault vault)
{
    const int Shortest = 8, Longest = 15;

    static readonly Refusal Malformed = new("guarding.telephone-malformed", "A telephone number has 8 to 15 digits, with a plus before them where it is international.", "number");

    readonly KeyedFile _file = new(data.File("guards.db"), vault, "post-telephone-key");

    public static async Task<PostTelephone> Show(Guid venueId, PostTelephones telephones, IEventLog log, CancellationToken ct) => new(await telephones.Of(venueId, log, ct));

    public static async Task<Answer> Set(Guid venueId, PostTelephone body, PostTelephones telephones, Knock knock)
    {
        var before = await Named(venueId, knock.Log, knock.Ct);
        if (body.Number?.Trim() is not { Length: > 0 } said)
        {
            var removed = await knock.Send(Guarding.Decider, venueId, new GuardingCommand.RemovePostTelephone());
            if (removed.IsDone && before is { } gone) telephones._file.Destroy(gone);
            return removed;
        }

        // As people write it: with blanks, brackets and dashes between the digits.
        var number = string.Concat(said.Where(c => !char.IsWhiteSpace(c) && c is not ('(' or ')' or '-')));
        var digits = number.StartsWith('+') ? number[1..] : number;
        if (digits.Length is < Shortest or > Longest || !digits.All(char.IsAsciiDigit)) return Malformed;
        if (before is { } known && telephones.Find(known) == number) return await knock.Send(Guarding.Decider, venueId, new GuardingCommand.NamePostTelephone(venueId, known));

        // Kept before the fact that names it, so that none is named that cannot be read.
        var id = EventIds.From(knock.CommandId, "post-telephone");
        telephones._file.Put(id, Encoding.UTF8.GetBytes(number));
        var named = await knock.Send(Guarding.Decider, venueId, new GuardingCommand.NamePostTelephone(venueId, id));
        if (!named.IsDone) telephones._file.Destroy(id);
        else if (before is { } old && old != id) telephones._file.Destroy(old);
        return named;
    }

    /// <summary>Null where none was named.</summary>
    public async Task<string?> Of(Guid venueId, IEventLog log, CancellationToken ct) => await Named(venueId, log, ct) is { } id ? Find(id) : null;

    string? Find(Guid id) => _file.Get(id) is { } plain ? Encoding.UTF8.GetString(plain) : null;

    static async Task<Guid?> Named(Guid venueId, IEventLog log, CancellationToken ct) => ((await log.Load(Guarding.Decider, new(Guarding.Decider.Category, venueId), ct)).State as Guarding.Kept)?.TelephoneId;
}
