namespace Compliance.Api.Entrance;

/// <summary>
/// Where endpoints are mapped that are made once. The router and the keeper of permissions each ask a source for them, and the
/// framework's own source compiles them all anew every time it is asked.
/// </summary>
sealed class MadeOnce(IEndpointRouteBuilder routes) : IEndpointRouteBuilder
{
    public static void Map(IEndpointRouteBuilder routes, Action<IEndpointRouteBuilder> map)
    {
        var once = new MadeOnce(routes);
        map(once);
        routes.DataSources.Add(new DefaultEndpointDataSource(once.DataSources.SelectMany(source => source.Endpoints)));
    }

    public IServiceProvider ServiceProvider => routes.ServiceProvider;

    public ICollection<EndpointDataSource> DataSources { get; } = [];

    public IApplicationBuilder CreateApplicationBuilder() => routes.CreateApplicationBuilder();
}
