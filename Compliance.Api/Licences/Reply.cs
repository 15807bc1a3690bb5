using System.Security.Cryptography;
using System.Text;
using Compliance.Api.Entrance;
using Compliance.Api.Vault;
using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;

namespace Compliance.Api.Licences;

/// <summary>
/// The owner's right of reply on the public page of his venue. The log keeps that he replied and the hash of the words; the
/// words stand in the vault, and withdrawing or replacing them erases them.
/// </summary>
static class Reply
{
    public static async Task<Answer> Publish(Guid venueId, ReplyWords body, Knock knock, SecretVault vault, TimeProvider clock)
    {
        var text = body.Text.Trim();
        if (text.Length is 0 or > ReplyWords.Longest)
            return new Refusal("licence.reply-length", $"A reply has 1 to {ReplyWords.Longest} characters.", "text");
        var hash = HashOf(text);
        vault.Put(Name(venueId, hash), new(text));
        var held = (await knock.Log.Load(Licence.Decider, new("licence", venueId), knock.Ct)).State.Reply?.Sha256;
        var answer = await knock.Send(Licence.Decider, venueId, new LicenceCommand.PublishReply(hash).As(venueId, knock, clock));
        var (kept, gone) = answer.IsDone ? (hash, held) : (held, hash);
        if (gone is not null && gone != kept) vault.Erase(Name(venueId, gone));
        return answer;
    }

    /// <summary>Erased first: the fact never claims what has not happened, and a repeat completes what broke off.</summary>
    public static async Task<Answer> Withdraw(Guid venueId, Knock knock, SecretVault vault, TimeProvider clock)
    {
        var (state, _, _) = await knock.Log.Load(Licence.Decider, new("licence", venueId), knock.Ct);
        if (state.Reply is { Sha256: var hash }) vault.Erase(Name(venueId, hash));
        return await knock.Send(Licence.Decider, venueId, new LicenceCommand.WithdrawReply().As(venueId, knock, clock));
    }

    /// <summary>The words as they were published; null where they are gone or are not the ones the log speaks of.</summary>
    public static string? Words(this SecretVault vault, Guid venueId, Domain.Licences.Reply? reply) =>
        reply is { Sha256: var hash } && vault.Get(Name(venueId, hash))?.Reveal() is { } text && HashOf(text) == hash ? text : null;

    static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    static string Name(Guid venueId, string hash) => $"licence-reply/{venueId:N}/{hash}";
}
