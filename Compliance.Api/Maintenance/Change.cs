using Compliance.Api.Entrance;
using Compliance.Domain.Maintenance;

namespace Compliance.Api.Maintenance;

/// <summary>What becomes of a window; where time decides, it is the door's own.</summary>
static class Change
{
    public static Task<Answer> By<TCommand>(Guid maintenanceId, TCommand body, Knock knock) where TCommand : MaintenanceCommand =>
        knock.Send(MaintenanceWindow.Decider, maintenanceId, body);

    public static Task<Answer> Approve(Guid maintenanceId, Knock knock, TimeProvider clock) =>
        By(maintenanceId, new MaintenanceCommand.Approve(clock.GetUtcNow()), knock);

    public static Task<Answer> End(Guid maintenanceId, Knock knock, TimeProvider clock) =>
        By(maintenanceId, new MaintenanceCommand.End(clock.GetUtcNow()), knock);
}
