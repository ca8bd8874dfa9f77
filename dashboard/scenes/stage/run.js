/* The numbers of a run, from the data of scene.py: the error of each row at each recorded step. */

export class Run {
  constructor(data) {
    const column = (table, name) => data[table].getChild(name)?.toArray();
    Object.assign(this, data);
    this.columns = {};
    for (const name of ["step", "epoch", "loss", "gap", "test_loss", "size", "lit", "across", "up", "next_across", "next_up"])
      this.columns[name] = column("frames", name);
    this.count = this.columns.step.length;
    this.change = column("path", "change");
    this.z = column("features", "z");
    this.row = column("rows", "row");
    this.truth = column("rows", "truth");
    this.residual = column("rows", "residual");
    this.places = column("lit", "place");
    for (const name of ["before", "gradient", "after"]) this[name] = column("written", name);
    this.features = this.names.length;
    this.errors = new Float64Array(this.row.length);
    this.firstLit = new Int32Array(this.count + 1);
    for (let i = 0; i < this.count; i++) this.firstLit[i + 1] = this.firstLit[i] + this.columns.lit[i];
    this.everyRow = Int32Array.from({ length: this.drawn }, (_, place) => place);
  }

  /* The frame of a step, or the last one before it. */
  frameOf(step) {
    let frame = 0;
    while (frame + 1 < this.count && this.columns.step[frame + 1] <= step) frame++;
    return frame;
  }

  /* Compute prediction less truth of every row: from its error at the closed form, so that small ones keep their digits. */
  compute(frame) {
    const { z, change, features, errors, residual } = this;
    const first = frame * (features + 1);
    const bias = change[first + features];
    for (let place = 0, at = 0; place < errors.length; place++) {
      let error = residual[place] + bias;
      for (let j = 0; j < features; j++) error += change[first + j] * z[at++];
      errors[place] = error;
    }
  }

  /* Slope and height, at the mean row, of the model along a feature; at the closed form without a frame. */
  line(feature, frame = null) {
    const first = frame === null ? -1 : frame * (this.features + 1);
    const add = (j) => (frame === null ? 0 : this.change[first + j]);
    return [this.goal[feature] + add(feature), this.goal[this.features] + add(this.features)];
  }

  /* The places of the rows in the minibatch of the next update; empty at the end. */
  minibatch(frame) {
    if (frame === this.count - 1) return [];
    return this.all_lit ? this.everyRow : this.places.subarray(this.firstLit[frame], this.firstLit[frame + 1]);
  }

  /* The value of a feature in a row as used in training; 1 for the bias. */
  seen(place, parameter) {
    if (parameter === this.features) return 1;
    return this.offset[parameter] + this.factor[parameter] * this.z[place * this.features + parameter];
  }
}
