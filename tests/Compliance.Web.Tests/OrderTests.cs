using System.Reflection;
using Compliance.Web.Tests.EndToEnd;
using Compliance.Web.Tests.Fakes;

namespace Compliance.Web.Tests;

/// <summary>Tests do not step on each other's toes: not for the processors, and not for a port.</summary>
public sealed class OrderTests
{
    [Fact]
    public void Every_test_that_goes_from_end_to_end_is_alone_on_the_machine()
    {
        var tests = typeof(OneHouseAtATime).Assembly.GetTypes()
            .Where(t => t.Namespace == typeof(OneHouseAtATime).Namespace && t.GetMethods().Any(m => m.IsDefined(typeof(FactAttribute)))).ToArray();
        Assert.NotEmpty(tests);
        Assert.All(tests, test => Assert.Equal(typeof(OneHouseAtATime), test.GetCustomAttribute<CollectionAttribute>(inherit: false)?.Type));
    }

    [Fact]
    public void A_port_is_given_away_once_and_to_no_caller()
    {
        var ports = Enumerable.Range(0, 2_000).AsParallel().Select(_ => HouseProcess.FreePort()).ToArray();
        Assert.Distinct(ports);
        Assert.All(ports, port => Assert.InRange(port, 1_024, 32_767));
    }
}
