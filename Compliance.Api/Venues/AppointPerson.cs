using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Microsoft.AspNetCore.Identity;

namespace Compliance.Api.Venues;

/// <summary>
/// Only whose account has the role of a post is given it: an owner reads the names of the people of his venue, and must not
/// learn an officer's by appointing him.
/// </summary>
static class AppointPerson
{
    public static async Task<Answer> Handle(Guid venueId, VenueCommand.AppointPerson body, Knock knock, UserManager<Account> accounts) =>
        await accounts.FindByIdAsync(body.Appointment.SubjectId.ToString()) is { } account
            && !await accounts.IsInRoleAsync(account, RoleOf(body.Appointment.Post))
                ? Unfit
                : await knock.Send(Venue.Decider, venueId, body);

    internal static readonly Refusal Unfit = new("venue.person-unfit", "This person's account does not have the role of that post.");

    internal static string RoleOf(Post post) => post switch
    {
        Post.Owner => Role.Owner,
        Post.Manager => Role.Manager,
        _ => Role.Installer,
    };
}
