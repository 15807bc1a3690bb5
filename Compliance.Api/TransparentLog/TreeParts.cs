using Compliance.Api.EventLog;

namespace Compliance.Api.TransparentLog;

/// <summary>What keeps and shows the tree over the log.</summary>
static class TreeParts
{
    public static IServiceCollection AddTransparentLog(this IServiceCollection services) => services
        .AddSingleton<LogIdentity>()
        .AddSingleton(Open)
        .AddSingleton<TreeKeeper>()
        .AddSingleton<Attestor>()
        .AddHostedService(provider => provider.GetRequiredService<TreeKeeper>());

    /// <summary>A log that forgets takes its tree along.</summary>
    static TreeStore Open(IServiceProvider provider)
    {
        var path = provider.GetRequiredService<DataFolder>().File("tree.db");
        if (EventLogs.Forgets(provider)) File.Delete(path);
        return new(path, provider.GetRequiredService<LogIdentity>().Origin);
    }
}
