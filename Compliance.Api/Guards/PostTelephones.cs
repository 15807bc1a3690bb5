using System.Text;
using Compliance.Api.Entrance;
using Compliance.Api.Vault;
using Compliance.Domain.Guards;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Guards;

/// <summary>The telephone of a venue's guards' post: often somebody's own, so the number lies in <c>guards.db</c> under a key of its own, and no fact says it. Another number destroys the one before.</summary>
internal sealed class PostTelephones(DataFolder data, SecretVault vault) : IDisposable
{
    const int Shortest = 8, Longest = 15;

    static readonly Refusal Malformed = new("guarding.telephone-malformed", "A telephone number has 8 to 15 digits, with a plus before them where it is international.", "number");

    readonly KeyedFile _file = new(data.File("guards.db"), vault, "post-telephone-key");
    readonly SemaphoreSlim _one = new(1);

    public void Dispose() => _one.Dispose();

    public static async Task<PostTelephone> Show(Guid venueId, PostTelephones telephones, IEventLog log, CancellationToken ct) => new(await telephones.Of(venueId, log, ct));

    /// <summary>One after the other; after each the log says which number is named, and whatever was touched beside that one is destroyed: a command that comes late again names nothing.</summary>
    public static async Task<Answer> Set(Guid venueId, PostTelephone body, PostTelephones telephones, Knock knock)
    {
        await telephones._one.WaitAsync(knock.Ct);
        try
        {
            var before = await Named(venueId, knock.Log, knock.Ct);
            var (answer, kept) = await telephones.Send(venueId, body, before, knock);
            var now = await Named(venueId, knock.Log, CancellationToken.None);
            foreach (var id in new[] { before, kept })
                if (id is { } one && one != now) telephones._file.Destroy(one);
            return answer;
        }
        finally
        {
            telephones._one.Release();
        }
    }

    /// <returns>And under which id the number was kept for it, if it was.</returns>
    async Task<(Answer Answer, Guid? Kept)> Send(Guid venueId, PostTelephone body, Guid? before, Knock knock)
    {
        if (body.Number?.Trim() is not { Length: > 0 } said) return (await knock.Send(Guarding.Decider, venueId, new GuardingCommand.RemovePostTelephone()), null);

        // As people write it: with blanks, brackets and dashes between the digits.
        var number = string.Concat(said.Where(c => !char.IsWhiteSpace(c) && c is not ('(' or ')' or '-')));
        var digits = number.StartsWith('+') ? number[1..] : number;
        if (digits.Length is < Shortest or > Longest || !digits.All(char.IsAsciiDigit)) return (Malformed, null);
        if (before is { } known && Find(known) == number) return (await knock.Send(Guarding.Decider, venueId, new GuardingCommand.NamePostTelephone(venueId, known)), null);

        // Kept before the fact that names it, so that none is named that cannot be read.
        var id = EventIds.From(knock.CommandId, "post-telephone");
        _file.Put(id, Encoding.UTF8.GetBytes(number));
        return (await knock.Send(Guarding.Decider, venueId, new GuardingCommand.NamePostTelephone(venueId, id)), id);
    }

    /// <summary>Null where none was named.</summary>
    public async Task<string?> Of(Guid venueId, IEventLog log, CancellationToken ct) => await Named(venueId, log, ct) is { } id ? Find(id) : null;

    string? Find(Guid id) => _file.Get(id) is { } plain ? Encoding.UTF8.GetString(plain) : null;

    static async Task<Guid?> Named(Guid venueId, IEventLog log, CancellationToken ct) => ((await log.Load(Guarding.Decider, new(Guarding.Decider.Category, venueId), ct)).State as Guarding.Kept)?.TelephoneId;
}
