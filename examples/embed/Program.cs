using Skiff.Models;
using Skiff.Sklearn;

// dotnet run --project examples/embed -- examples/registry
var registry = args.Length > 0 ? args[0] : "examples/registry";

// A model is read once. It never changes, and any number of threads may ask it.
var sentiment = SklearnModel.Load(Path.Join(registry, "sentiment/latest/model.joblib"));
Console.WriteLine(sentiment.Predict("this is a great product"));

// A model that was fitted on a data frame takes columns by name. The map is bound and checked once.
var model = SklearnModel.Load(Path.Join(registry, "passengers/latest/model.joblib"));
var passengers = model.MapRows<Passenger>(map => map
    .Column("age", p => p.Age)
    .Column("fare", p => p.Fare)
    .Column("sex", p => p.Sex)
    .Column("port", p => p.Port));

var survives = (string)passengers.Predict(new Passenger(22, 7.25m, "male", null));
Console.WriteLine($"survives: {survives}");

// Several rows and several answers at once. They are views on pooled memory, hence the using.
Passenger[] aboard = [new(22, 7.25m, "male", "S"), new(null, 71.28m, "female", "C")];
using (var answers = passengers.Run(Methods.Predict | Methods.PredictProba, aboard))
{
    for (var row = 0; row < aboard.Length; row++)
    {
        Console.WriteLine($"{answers.Predictions.Text(row)}: {answers.Probabilities.Row(row)[1]:0.000}");
    }
}

// Rows whose columns are known only at run time.
var probabilities = model.PredictProba(new Dictionary<string, object?> { ["age"] = 8, ["fare"] = 12.5, ["sex"] = "male", ["port"] = "Q" });
Console.WriteLine($"{string.Join(", ", model.Classes!.Values)}: {string.Join(", ", probabilities.Select(p => p.ToString("0.000")))}");

// What a model refuses names the column and the row.
try
{
    passengers.Predict(new Passenger(22, 7.25m, "male", "Z"));
}
catch (InputException e)
{
    Console.WriteLine($"refused: {e.Message}");
}
