// A question to the gateway and the upstream's answer to it, for tests that care how it is asked and kept, not for what.

let asked = 0;

/** A number that no question of this file had before, so that no cache has its answer. */
export const freshNumber = (): number => {
  asked += 1;
  return asked;
};

/** A question that nobody asked before in this file. */
export const freshQuestion = (): object => ({ service: 'openweather', city: `Town ${freshNumber()}` });

/** What OpenWeather answers, with changes. */
export const weatherAnswer = (more: object = {}) => ({
  name: 'Paris',
  dt: 1_763_740_800,
  main: { temp: 9, feels_like: 7, humidity: 70 },
  wind: { speed: 3 },
  weather: [{ description: 'mist', icon: '50d' }],
  ...more,
});
