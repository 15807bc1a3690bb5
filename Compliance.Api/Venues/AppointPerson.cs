using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Microsoft.AspNetCore.Identity;

namespace Compliance.Api.Venues;

/// <summary>
/// Only whose account has the role of a post is given it: an owner reads the names of the people of his venue, and must not
/// learn an officer's by appointing him. Whom an owner makes owner has an account, and is it from today on: a case
/// names who answered on its day.
/// </summary>
static class AppointPerson
{
    public static async Task<Answer> Handle(Guid venueId, VenueCommand.AppointPerson body, Knock knock, UserManager<Account> accounts, Posts posts)
    {
        var (person, post) = (body.Appointment, body.Appointment.Post);
        var account = await accounts.FindByIdAsync(person.SubjectId.ToString());
        var isOwn = post == Post.Owner && await posts.IsOwn(knock.Caller, venueId, knock.Ct);
        if (account is null ? isOwn : !await accounts.IsInRoleAsync(account, RoleOf(post))) return Unfit;
        return isOwn && person.From < posts.Today ? PastTerm : await knock.Send(Venue.Decider, venueId, body);
    }

    internal static readonly Refusal Unfit = new("venue.person-unfit", "This person's account does not have the role of that post.");

    internal static readonly Refusal PastTerm = new("venue.term-past", "Who answered for the venue on a past day is changed by the authority only.");

    internal static string RoleOf(Post post) => post switch
    {
        Post.Owner => Role.Owner,
        Post.Manager => Role.Manager,
        _ => Role.Installer,
    };
}
