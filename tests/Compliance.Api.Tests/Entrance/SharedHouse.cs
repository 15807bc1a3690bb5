namespace Compliance.Api.Tests.Entrance;

/// <summary>One house with one scene for all tests of a class that leave it as it is.</summary>
public sealed class SharedHouse : IAsyncLifetime
{
    internal House House { get; } = new();
    internal Scene Scene { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Scene = await Scene.In(House);

    public async ValueTask DisposeAsync() => await House.DisposeAsync();
}
