using System.Reflection;
using Compliance.Web.Tests.EndToEnd;

namespace Compliance.Web.Tests;

/// <summary>Tests do not step on each other's toes.</summary>
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
}
