namespace Skiff.Gateway.Tests;

public sealed class RetryBudgetTests
{
    private const int Reserve = 256;

    [Fact]
    public void TryTake_WithoutRequests_EndsWithTheReserve() => Assert.Equal(Reserve, TakeAll(new RetryBudget()));

    [Fact]
    public void TryTake_AfterTheReserve_IsAFifthOfAllRequests()
    {
        var budget = new RetryBudget();
        TakeAll(budget);
        var taken = 0;
        for (var i = 0; i < 100; i++)
        {
            budget.Add();
            taken += TakeAll(budget);
        }

        Assert.Equal(20, taken);
    }

    [Fact]
    public void Add_ManyRequestsWithoutRetries_DoNotRaiseTheReserve()
    {
        var budget = new RetryBudget();
        for (var i = 0; i < 10_000; i++)
        {
            budget.Add();
        }

        Assert.Equal(Reserve, TakeAll(budget));
    }

    [Fact]
    public void TryTake_ManyAtOnce_NeverTakesMoreThanThereIs()
    {
        var budget = new RetryBudget();
        var taken = 0;
        Parallel.For(0, 8, _ => Interlocked.Add(ref taken, TakeAll(budget)));
        Assert.Equal(Reserve, taken);
    }

    [Fact]
    public void Left_IsTheReserveAndThenAFifthOfEachRequest()
    {
        var budget = new RetryBudget();
        Assert.Equal(Reserve, budget.Left);
        TakeAll(budget);
        budget.Add();
        Assert.Equal(0.2, budget.Left);
    }

    private static int TakeAll(RetryBudget budget)
    {
        var taken = 0;
        while (budget.TryTake())
        {
            taken++;
        }

        return taken;
    }
}
