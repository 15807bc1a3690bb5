using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;

namespace Compliance.Api.Rulebooks;

/// <summary>The rulebooks there are; and one as it is written, so that anybody can check what an answer was given by.</summary>
static class List
{
    public static IResult Handle() => TypedResults.Ok(RulebookShelf.Ids.Select(id => RulebookCard.Of(RulebookShelf.All[id], RulebookShelf.Hash(id))).ToList());

    public static IResult Show(string rulebookId) => RulebookShelf.All.ContainsKey(rulebookId)
        ? TypedResults.Text(RulebookShelf.Text(rulebookId), "application/json") : Problems.Of(new Refusal("rulebook.unknown", "There is no such rulebook."));
}
