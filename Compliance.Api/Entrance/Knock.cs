using System.Globalization;
using Compliance.Api.Identity;
using Compliance.Domain.Kernel;
using Microsoft.Net.Http.Headers;

namespace Compliance.Api.Entrance;

/// <summary>
/// What every command brings besides its body: who knocks, under which command id (the header Idempotency-Key, so that a
/// second knock changes nothing), and on which revision it was decided (the header If-Match).
/// </summary>
sealed record Knock(IEventLog Log, Caller Caller, Guid CommandId, long? IfRevision, CancellationToken Ct)
{
    public const string Key = "Idempotency-Key";

    public static ValueTask<Knock> BindAsync(HttpContext http) => ValueTask.FromResult(new Knock(
        http.RequestServices.GetRequiredService<IEventLog>(), Caller.From(http.User)!, CommandIdOf(http.Request), RevisionOf(http.Request), http.RequestAborted));

    public Origin Origin => new(CommandId, Caller.Actor);

    public async Task<Answer> Send<TState, TCommand, TEvent>(Decider<TState, TCommand, TEvent> decider, Guid id, TCommand command)
        where TEvent : notnull => await Log.Execute(decider, id, command, Origin, Ct, IfRevision);

    /// <summary>One of the slice's own commands, under an id that follows from <paramref name="purpose"/>, not from this knock.</summary>
    public async Task<Answer> Then<TState, TCommand, TEvent>(Decider<TState, TCommand, TEvent> decider, Guid id, TCommand command, string purpose)
        where TEvent : notnull => await Log.Execute(decider, id, command, Origin with { CommandId = EventIds.From(id, purpose) }, Ct);

    static Guid CommandIdOf(HttpRequest request) => (string?)request.Headers[Key] switch
    {
        null => Guid.CreateVersion7(),
        var text when Guid.TryParse(text, out var id) && id != Guid.Empty => id,
        _ => throw new Malformed(Key, "An idempotency key is a UUID that the caller made for this command."),
    };

    static long? RevisionOf(HttpRequest request) => (string?)request.Headers.IfMatch switch
    {
        null or "*" => null,
        var text when EntityTagHeaderValue.TryParse(text, out var tag)
            && long.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var revision) => revision,
        _ => throw new Malformed(HeaderNames.IfMatch, "If-Match names the revision as an answer's ETag gave it: a number in quotation marks."),
    };
}
